"""Pushes, from the outbox to the recorded answers: processor time, a message to all, memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bench.certificate import FILE, certify
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from bench.servers import HERE, free_port, wait_for
from bench.subscribers import found_subscribers
from bench.town import settled

PHONES, PLAIN = 3000, 300
EVERYBODY, LONGEST = 19_000, 60.0
WARMED_UP = 0.2
GOAL_OF_ENCRYPTION, GOAL_OF_PLAIN, GOAL_OF_MEMORY = 0.20, 3, 0.9


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu: float
    memory: list[float]


@contextmanager
def running_sink(folder: Path) -> Iterator[str]:
    """A push service in a process of its own; its origin."""
    port = free_port()
    certify(folder, HERE)
    command = [sys.executable, "-m", "bench.push_sink", str(port), str(folder)]
    with subprocess.Popen(command) as process:
        try:
            wait_for(port, process)
            yield f"https://{HERE}:{port}"
        finally:
            process.terminate()


@contextmanager
def place() -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory(prefix="nafuda-bench-") as name:
        folder = Path(name)
        with running_sink(folder) as origin:
            yield folder, origin


def run(kind: str, folder: Path, origin: str, count: int) -> Run:
    arguments = [kind, str(folder), origin, str(count)]
    command = [sys.executable, "-m", "bench.sender", *arguments]
    trusted = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"), str(folder / FILE))
    environment = os.environ | trusted
    outcome = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
    return Run(**json.loads(outcome.stdout.splitlines()[-1]))


def per_core(rounds: int) -> list[Figure]:
    """Processor time per push of the sender alone, ours against the limit and against plain."""
    counts = {"ours": PHONES, "plain": PLAIN, "encryption": PHONES}
    with place() as (folder, origin):
        found_subscribers(settled(folder), [f"{origin}/201/{n}" for n in range(PHONES)])
        ways = {kind: partial(run, kind, folder, origin, count) for kind, count in counts.items()}
        found = interleaved(ways, rounds)
    rates = {kind: [counts[kind] / one.cpu for one in runs] for kind, runs in found.items()}
    for kind, rate in rates.items():
        print(f"  {kind}: {1e6 / median(rate):.0f} µs CPU per push", flush=True)
    return [
        _figure("push_of_encryption", rates["ours"], rates["encryption"], GOAL_OF_ENCRYPTION),
        _figure("push_of_plain", rates["ours"], rates["plain"], GOAL_OF_PLAIN),
    ]


def _figure(name: str, ours: list[float], of: list[float], goal: float) -> Figure:
    return Figure(name, median(ours), median(of), median_ratio(ours, of), goal, "per s")


def endpoint(origin: str, number: int) -> str:
    """8 of 100 phones are at fault: gone, too many requests, or they hang."""
    place = number % 100
    answer = "410" if place < 5 else "429" if place < 7 else "hang" if place < 8 else "201"
    return f"{origin}/{answer}/{number}"


def to_everybody(rounds: int) -> list[Figure]:
    """Once: until everybody whose phone answers was accepted for, on record."""
    with place() as (folder, origin):
        addresses = [endpoint(origin, number) for number in range(EVERYBODY)]
        found_subscribers(settled(folder), addresses)
        found = run("everybody", folder, origin, EVERYBODY)
    warm = found.memory[int(len(found.memory) * WARMED_UP)]
    most = max(found.memory)
    ratio = LONGEST / found.seconds
    return [
        Figure(f"push_to_{EVERYBODY}", found.seconds, LONGEST, ratio, 1, "s"),
        Figure("push_memory", most, warm, warm / most, GOAL_OF_MEMORY, "MB"),
    ]
