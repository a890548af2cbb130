"""Putting a copy back. A restored database begins a new epoch, so that phones offer again what
they had sent after the copy was made."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url

from app.db import Database
from app.networks.commands import begin_epoch


class RestoreFailed(Exception):
    """Nothing was changed; the reason is said in words."""


def restore(url: str, copy: Path, now: datetime) -> Path | None:
    """Replace the database by the copy. The server must be stopped.

    SQLite: what was there is kept beside it, and that path is returned. Raises RestoreFailed
    before anything is touched if the copy can't be read.
    """
    if not copy.is_file():
        raise RestoreFailed(f"{copy} がありません")
    is_sqlite = url.startswith("sqlite")
    kept = None
    if is_sqlite:
        kept = restore_sqlite(url, copy, now)
    else:
        restore_postgres(url, copy)
    database = Database(url)
    with database.writing() as session:
        begin_epoch(session, now)
    database.close()
    return kept


def restore_sqlite(url: str, copy: Path, now: datetime) -> Path | None:
    check_sqlite(copy)
    target = Path(str(make_url(url).database))
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if target.exists():
        kept = target.with_suffix(f".before-{now:%Y%m%d-%H%M%S}")
        target.rename(kept)
    for leftover in ("-wal", "-shm"):
        Path(f"{target}{leftover}").unlink(missing_ok=True)
    shutil.copyfile(copy, target)
    return kept


def check_sqlite(copy: Path) -> None:
    try:
        connection = sqlite.connect(f"file:{copy}?mode=ro", uri=True)
        try:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("SELECT count(*) FROM network")
        finally:
            connection.close()
    except sqlite.Error as error:
        raise RestoreFailed(str(error)) from error
    if verdict != "ok":
        raise RestoreFailed(verdict)


def restore_postgres(url: str, copy: Path) -> None:
    """All or nothing: pg_restore runs in a single transaction."""
    program = shutil.which("pg_restore")
    if program is None:
        raise RestoreFailed("pg_restore がありません")
    address = make_url(url).set(drivername="postgresql").render_as_string(False)
    command = [program, "--clean", "--if-exists", "--single-transaction", "--no-owner"]
    done = subprocess.run(  # noqa: S603
        [*command, f"--dbname={address}", str(copy)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RestoreFailed(done.stderr.strip())
