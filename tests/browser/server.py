"""The product as a person starts it: `nafuda demo` as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DemoServer:
    """A running demo: its address, badges and people, as its one line of JSON says.

    `trust` is where phones get the certificate of one in the local network.
    """

    base: str
    badges: list[dict[str, str]]
    staff: list[dict[str, str]]
    data: Path
    trust: str = ""

    def badge(self, industry: str = "conveni", place: int = 0) -> dict[str, str]:
        return [one for one in self.badges if one["industry"] == industry][place]

    def code(self, industry: str = "conveni", place: int = 0) -> str:
        return self.badge(industry, place)["url"].rsplit("/", 1)[1]

    def person(self, role: str, place: int = 0) -> dict[str, str]:
        return [one for one in self.staff if one["role"] == role][place]


@contextmanager
def demo_server(data: Path, *more: str, **settings: str) -> Iterator[DemoServer]:
    """Starts it and waits for its line; stops it at the end."""
    environment = os.environ | {f"NAFUDA_{name.upper()}": value for name, value in settings.items()}
    command = [
        sys.executable,
        "-m",
        "app.cli",
        "demo",
        "--port",
        "0",
        "--data",
        str(data),
        "--json",
        *more,
    ]
    with (data / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment)
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line, (data / "log").read_text()
            yield DemoServer(**json.loads(line), data=data)
        finally:
            process.terminate()
            process.communicate(timeout=15)
