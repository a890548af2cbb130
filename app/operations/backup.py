"""Keeping a copy that is proven readable, while the server goes on."""

import os
import shutil
import subprocess
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url
from sqlmodel import col, select

from app.db import Database
from app.networks.models import Counter, Network


class BackupFailed(Exception):
    """No usable copy was made; the reason is said in words."""


def back_up(database: Database, folder: Path, now: datetime) -> Path:
    """A verified copy in `folder`. Afterwards phones may forget what it covers.

    Raises BackupFailed, and leaves no half-made file.
    """
    suffix = "db" if database.is_sqlite else "dump"
    target = folder / f"nafuda-{now:%Y%m%d-%H%M%S}.{suffix}"
    covered = covered_numbers(database)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (copy_sqlite if database.is_sqlite else dump_postgres)(database, target)
        target.chmod(0o600)
    except (BackupFailed, sqlite.Error, OSError, subprocess.CalledProcessError) as error:
        with suppress(OSError):
            target.unlink()
        raise BackupFailed(str(error)) from error
    note_covered(database, covered)
    return target


def covered_numbers(database: Database) -> dict[str, int]:
    """Per network the last receipt number before the copy began."""
    with database.reading() as session:
        query = select(Counter.network_id, Counter.value).where(Counter.kind == "receipt")
        return {str(network_id): value for network_id, value in session.exec(query).all()}


def note_covered(database: Database, covered: dict[str, int]) -> None:
    with database.writing() as session:
        for network in session.exec(select(Network).order_by(col(Network.slug))):
            network.backed_up_through = covered.get(str(network.id), 0)


def copy_sqlite(database: Database, target: Path) -> None:
    """SQLite's online backup, then its own integrity check on the copy."""
    source_path = make_url(database.url).database
    source, copy = sqlite.connect(source_path), sqlite.connect(str(target))
    try:
        source.backup(copy)
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise BackupFailed(verdict)
    finally:
        source.close()
        copy.close()


def dump_postgres(database: Database, target: Path) -> None:
    """pg_dump's custom format, then its table of contents read back."""
    dump, restore = shutil.which("pg_dump"), shutil.which("pg_restore")
    if not dump or not restore:
        raise BackupFailed("pg_dump is not installed")
    url = make_url(database.url)
    # Everybody on the machine sees arguments, so the password goes another way.
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    address = url._replace(drivername="postgresql", password=None).render_as_string(False)
    subprocess.run(  # noqa: S603
        [dump, "--format=custom", f"--file={target}", address], check=True, env=os.environ | secret
    )
    subprocess.run([restore, "--list", str(target)], check=True, capture_output=True)  # noqa: S603
