"""Every page that may not take longer, in a young town and in one with a hundred times the rows."""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from app.memory import settle
from bench.grown import grown
from bench.postgres import running_postgres
from bench.results import Figure
from bench.rounds import interleaved
from tests.house_rules.doors import Door, every_door
from tests.house_rules.growing import BESIDE, ENDED, GROWING, MANY, UNHURRIED
from tests.house_rules.visitors import ENDLESS, Crowd

LED = 303
REFUSED = {LED, 401, 403, 404}
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_ROWS", 1_000_000))
"""Rows of the tables that grow fastest; 10,000,000 is the long form."""
TENTH = (GROWING | BESIDE) - {"survey_answer", "roster_draft"}
WORST = 5
GOAL = 0.67


def measure(kind: str, rounds: int) -> list[Figure]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nafuda-bench-")))
        towns = [stack.enter_context(town(stack, folder, size, kind)) for size in (SMALL, LARGE)]
        settle()
        pages = [(door, place_of_visitor(towns[0], door)) for door in hurried()]
        times = {door.address: timed(door, place, towns, rounds) for door, place in pages}
    for address in sorted(times, key=lambda one: times[one][0] / times[one][1])[:WORST]:
        young, grown_up = times[address]
        print(f"  {address}: {young:.1f} ms, then {grown_up:.1f} ms", flush=True)
    young, grown_up = (sum(pair[place] for pair in times.values()) for place in (0, 1))
    return [Figure(f"lists_growth_{kind}", grown_up, young, young / grown_up, GOAL, "ms")]


def town(stack: ExitStack, folder: Path, size: int, kind: str) -> AbstractContextManager[Crowd]:
    rows = dict.fromkeys(TENTH, size // 10) | dict.fromkeys(MANY, size)
    url = stack.enter_context(running_postgres()) if kind == "postgres" else ""
    return grown(folder / str(size), rows, ENDED, url)


def hurried() -> list[Door]:
    def waits(door: Door) -> bool:
        return door.method == "GET" and door.address not in ENDLESS | UNHURRIED.keys()

    return [door for door in every_door() if waits(door)]


def place_of_visitor(crowd: Crowd, door: Door) -> int:
    """The first one who may see it; who is led elsewhere counts where all are."""
    for refused in (REFUSED, REFUSED - {LED}):
        for place, visitor in enumerate(crowd.visitors):
            if (visitor.knows or not door.permissions) and crowd.ask(door, visitor) not in refused:
                return place
    raise RuntimeError(f"nobody may see {door.address}")


def timed(door: Door, place: int, towns: list[Crowd], rounds: int) -> tuple[float, float]:
    """Medians of both towns, in milliseconds."""
    ways = {str(number): asking(crowd, door, place) for number, crowd in enumerate(towns)}
    interleaved(ways, 1)
    found = interleaved(ways, rounds)
    return median(found["0"]), median(found["1"])


def asking(crowd: Crowd, door: Door, place: int) -> Callable[[], float]:
    return partial(asked, crowd, door, place)


def asked(crowd: Crowd, door: Door, place: int) -> float:
    began = time.perf_counter()
    crowd.ask(door, crowd.visitors[place])
    return (time.perf_counter() - began) * 1000
