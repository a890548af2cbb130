"""Starting servers, loading them, and what they cost."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from app.settings import Settings
from bench.envelopes import Phone

PATIENCE = 30
HERE = "127.0.0.1"
TICK, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Server:
    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """User and system time of the process so far; neighbours hardly move it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def kilobytes(self) -> float:
        """What of the process is in memory."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * PAGE / 1000


@dataclass(frozen=True)
class Load:
    """One round against one server. Times in milliseconds, processor time in µs per request."""

    rate: float
    p50: float
    p99: float
    cpu: float


@contextmanager
def serving(
    kind: str, settings: Settings, host: str = HERE, within: Sequence[str] = ()
) -> Iterator[Server]:
    """`within`: what the command begins with to run in another network namespace, where nobody
    here can see whether it listens."""
    port = free_port()
    folder = str(settings.data_dir)
    command = [*within, sys.executable, "-m", "bench.serving", kind, host, str(port), folder]
    with (settings.data_dir / f"{kind}.log").open("w") as log:
        process = subprocess.Popen([*command, settings.database_url], stdout=log, stderr=log)
        try:
            if not within:
                wait_for(port, process)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HERE, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("a server of the bench did not start")


def load(
    server: Server, path: str, phones: Sequence[Phone], connections: int, seconds: float
) -> Load:
    """Raises if a single request was not answered with 201."""
    arguments = [str(server.port), path, str(connections), str(seconds)]
    before = server.cpu_seconds()
    outcome = subprocess.run(
        [sys.executable, "-m", "bench.generator", *arguments],
        input=json.dumps([asdict(phone) for phone in phones]).encode(),
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    spent = server.cpu_seconds() - before
    found = json.loads(outcome.stdout)
    if set(found["statuses"]) != {"201"}:
        raise RuntimeError(f"{path} answered {found['statuses']}")
    took = sorted(found["took"])
    at = lambda share: took[int(len(took) * share)] * 1000
    return Load(len(took) / found["seconds"], at(0.5), at(0.99), spent / len(took) * 1e6)
