"""A change reaches a thousand live screens: until the last of them has it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlmodel import select

from app.clock import system_clock
from app.db import Database
from app.settings import Settings
from app.staff.models import Staff
from app.staff.permissions import Role
from app.staff.sessions import begin_session, cookie_name
from bench import yardstick
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from bench.servers import Server, serving
from bench.town import found_town, settled

STREAMS = 1000
EVENTS = 10
GOAL = 0.4


@dataclass(frozen=True)
class Told:
    """One round: seconds until the last one had an event, and µs of processor time for each."""

    last: float
    cpu: float


class Screens:
    """Open streams, held by a process of its own."""

    def __init__(self, server: Server, process: "subprocess.Popen[str]", kilobytes: float) -> None:
        self.server, self.process, self.kilobytes = server, process, kilobytes

    def round(self) -> Told:
        before = self.server.cpu_seconds()
        seconds = [self._told() for _ in range(EVENTS)]
        spent = self.server.cpu_seconds() - before
        return Told(median(seconds), spent / EVENTS / STREAMS * 1e6)

    def _told(self) -> float:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


@contextmanager
def watched(server: Server, path: str, tell: str, cookie: str) -> Iterator[Screens]:
    before = server.kilobytes()
    arguments = [str(server.port), path, tell, str(STREAMS), cookie]
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.streams", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        if process.stdout.readline() != "open\n":
            raise RuntimeError(f"{path} did not open {STREAMS} streams")
        yield Screens(server, process, (server.kilobytes() - before) / STREAMS)
    finally:
        process.communicate()


def signed_in(settings: Settings) -> str:
    """The cookie of a counsellor."""
    database = Database(settings.database)
    with database.writing() as session:
        counsellor = session.exec(select(Staff).where(Staff.role == Role.COUNSELLOR)).first()
        assert counsellor
        secret = begin_session(session, counsellor, "bench", system_clock())
    database.close()
    return f"{cookie_name(settings.secure)}={secret}"


def measure(rounds: int) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder:
        settings = settled(Path(folder))
        found_town(settings, 1)
        cookie = signed_in(settings)
        with (
            serving("ours", settings) as ours,
            serving("raw-streams", settings) as raw,
            watched(ours, "/desk/events", yardstick.PULSE, cookie) as our_screens,
            watched(raw, "/", "/", "") as raw_screens,
        ):
            ways = {"ours": our_screens.round, "raw": raw_screens.round}
            interleaved(ways, 1)
            found = interleaved(ways, rounds)
    for name, screens in (("ours", our_screens), ("raw", raw_screens)):
        last = median(told.last for told in found[name]) * 1000
        cpu = median(told.cpu for told in found[name])
        print(
            f"  {name}: last of {STREAMS} after {last:.1f} ms, {cpu:.0f} µs CPU per delivery, "
            f"{screens.kilobytes:.1f} kB per stream",
            flush=True,
        )
    last, reference = ([told.last * 1000 for told in found[name]] for name in ("ours", "raw"))
    ratio = median_ratio(reference, last)
    return [Figure(f"live_{STREAMS}", median(last), median(reference), ratio, GOAL, "ms")]
