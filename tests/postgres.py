"""A PostgreSQL of our own: a fresh cluster in a temporary folder, reachable by socket only."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

QUICK = "fsync=off synchronous_commit=on full_page_writes=off listen_addresses="


def programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.exit("PostgreSQL is not installed: apt-get install postgresql", 1)
    return found[-1].parent


def as_postgres() -> dict[str, Any]:
    """initdb refuses to run as root."""
    return {"user": "postgres"} if os.getuid() == 0 else {}


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder, self.bin = folder, programs()

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        data = self.folder / "data"
        self._run(
            "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale"
        )
        options = " ".join(f"-c {option}" for option in [*QUICK.split(), "max_connections=200"])
        self._run(
            "pg_ctl", "-D", data, "-w", "-l", self.folder / "log",
            "-o", f"{options} -k {self.folder}", "start",
        )  # fmt: skip

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def restart(self, how: str) -> None:
        """`how`: immediate (as if it had crashed) or fast."""
        data = self.folder / "data"
        self._run("pg_ctl", "-D", data, "-w", "-m", how, "-l", self.folder / "log", "restart")

    def execute(self, statement: str) -> None:
        address = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.bin / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_postgres())


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="nafuda-pg-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
