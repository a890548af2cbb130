"""A PostgreSQL that keeps its word: fresh, reachable by socket only, and durable."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OPTIONS = "-c fsync=on -c synchronous_commit=on -c max_connections=200 -c listen_addresses="


class NoPostgres(Exception):
    """PostgreSQL's programs aren't on this machine."""


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yields the address of its database, for SQLAlchemy."""
    folder = Path(tempfile.mkdtemp(prefix="nafuda-bench-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    data, programs = folder / "data", _programs()
    _run(
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
    )
    control = (programs / "pg_ctl", "-D", data, "-w")
    _run(*control, "-l", folder / "log", "-o", f"{OPTIONS} -k {folder}", "start")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        _run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NoPostgres("PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1].parent


def _run(*command: object) -> None:
    """initdb refuses to run as root."""
    who: dict[str, Any] = {"user": "postgres"} if os.getuid() == 0 else {}
    subprocess.run([*map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/", **who)
