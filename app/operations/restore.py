"""Putting a copy back. A restored database begins a new epoch, so that phones offer again what
they had sent after the copy was made."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url

from app.db import Database
from app.networks.commands import begin_epoch
from app.networks.numbers import leave_room

# Also what a newer version has added, on which what the copy holds may not depend.
DROP_ALL = """DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
    EXECUTE format('DROP TABLE %I CASCADE', one);
  END LOOP;
END $$"""


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
        leave_room(session, "receipt")
        leave_room(session, "drill")
    database.close()
    return kept


def restore_sqlite(url: str, copy: Path, now: datetime) -> Path | None:
    """What was there moves aside whole, log included, once the copy lies beside it and is sound."""
    target = Path(str(make_url(url).database))
    fresh = target.with_suffix(".restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, fresh)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        check_sqlite(fresh)
    except (OSError, RestoreFailed) as error:
        fresh.unlink(missing_ok=True)
        raise RestoreFailed(str(error)) from error
    kept = target.with_suffix(f".before-{now:%Y%m%d-%H%M%S}")
    had_one = target.exists()
    for part in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{target}{part}").rename(f"{kept}{part}")
    fresh.rename(target)
    return kept if had_one else None


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
    """All or nothing: what was there goes and what is in the copy comes in one transaction."""
    place = make_url(url)
    # Everybody on the machine sees arguments, so the password goes another way.
    secret = {"PGPASSWORD": str(place.password)} if place.password else {}
    address = place._replace(drivername="postgresql", password=None).render_as_string(False)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "copy.sql"
        _run("pg_restore", "--no-owner", f"--file={script}", str(copy))
        _run(
            *("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
            *(f"--dbname={address}", f"--command={DROP_ALL}", f"--file={script}"),
            **secret,
        )


def _run(program: str, *arguments: str, **secret: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise RestoreFailed(f"{program} がありません")
    done = subprocess.run(  # noqa: S603
        [path, *arguments], capture_output=True, text=True, check=False, env=os.environ | secret
    )
    if done.returncode:
        raise RestoreFailed(done.stderr.strip())
