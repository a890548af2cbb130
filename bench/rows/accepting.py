"""Accepting a report durably: what is left of the app's own speed, and the longest wait."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from app.settings import Settings
from bench import yardstick
from bench.postgres import running_postgres
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from bench.servers import Load, load, serving
from bench.town import found_town, settled

CLIENTS, MANY_CLIENTS = 16, 32
SECONDS = 1.5
PHONES = 400
LONGEST_WAIT = 250.0
GOALS = {"sqlite": 0.40, "postgres": 0.45}


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[Settings]:
    if kind == "sqlite":
        yield settled(folder)
        return
    with running_postgres() as url:
        yield settled(folder, url)


def measure(kind: str, rounds: int) -> list[Figure]:
    """`kind`: sqlite or postgres."""
    with (
        tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder,
        database_of(kind, Path(folder) / "ours") as settings,
        database_of(kind, Path(folder) / "tutorial") as tutorial_settings,
    ):
        phones, tutorial_phones = (found_town(s, PHONES) for s in (settings, tutorial_settings))
        with serving("ours", settings) as ours, serving("tutorial", tutorial_settings) as theirs:
            candidates = {
                "ours": partial(load, ours, "put", phones, CLIENTS, SECONDS),
                "no database": partial(load, ours, yardstick.PATH, phones, CLIENTS, SECONDS),
                "tutorial": partial(load, theirs, "put", tutorial_phones, CLIENTS, SECONDS),
                "ours, 32": partial(load, ours, "put", phones, MANY_CLIENTS, SECONDS),
            }
            interleaved(candidates, 1)
            found = interleaved(candidates, rounds)
    for name, loads in found.items():
        print(f"  {kind} {name}: {described(loads)}", flush=True)
    return figures(kind, found)


def described(loads: list[Load]) -> str:
    rate, p50, p99, cpu = (
        median(values)
        for values in zip(*((o.rate, o.p50, o.p99, o.cpu) for o in loads), strict=True)
    )
    return f"{rate:.0f} req/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {cpu:.0f} µs CPU/req"


def figures(kind: str, found: dict[str, list[Load]]) -> list[Figure]:
    ours, limit, tutorial, many = found.values()
    rate, of = [o.rate for o in ours], [o.rate for o in limit]
    wait, theirs = [o.p99 for o in ours], [o.p99 for o in tutorial]
    longest = median(o.p99 for o in many)
    return [
        Figure(
            f"durable_accept_{kind}", median(rate), median(of), median_ratio(rate, of),
            GOALS[kind], "req/s",
        ),
        Figure(
            f"accept_p99_{kind}", median(wait), median(theirs), median_ratio(theirs, wait), 10, "ms"
        ),
        Figure(
            f"accept_p99_32_{kind}", longest, LONGEST_WAIT, LONGEST_WAIT / longest, 1, "ms"
        ),
    ]  # fmt: skip
