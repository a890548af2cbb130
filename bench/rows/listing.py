"""The desk's list against its bare templates, and every page of a town that has grown."""

import os
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import structlog
from sqlalchemy import event

from app.desk.inbox import board, routes
from app.desk.inbox.wanted import Asked, get_wanted
from app.memory import settle
from app.reports.queries import LARGEST_SEQ
from app.staff.permissions import Role
from app.web.shared_work import SharedWork
from bench.multiplying import multiply
from bench.postgres import running_postgres
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from tests.house_rules.doors import Door, every_door
from tests.house_rules.growing import BESIDE, ENDED, GROWING, MANY, UNHURRIED
from tests.house_rules.visitors import ENDLESS, Crowd, Visitor
from tests.towns import build, settings_in

LED = 303
REFUSED = {LED, 401, 403, 404}
ERROR = 40
OPEN, TIMES = 50, 20
DESK_GOAL, GROWTH_GOAL = 0.4, 0.67
SMALL, LARGE = 10_000, int(os.environ.get("BENCH_ROWS", 1_000_000))


@contextmanager
def grown(
    folder: Path, rows: Mapping[str, int], ended: Mapping[str, Collection[str]], url: str = ""
) -> Iterator[Crowd]:
    """A town with one of everything and whoever may see it, and then with so many rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(ERROR))
    folder.mkdir(parents=True, exist_ok=True)
    settings = settings_in(folder, url)
    crowd = Crowd(settings, build(settings))
    database = crowd.app.state.database
    multiply(database.engine, crowd.network_id, rows, ended)
    yield crowd
    crowd.app.state.report_writer.close()
    database.close()


class DeskList:
    """The list as an open desk asks for it again, alone, and its templates with the same rows."""

    def __init__(self, crowd: Crowd) -> None:
        self.state, self.statements = crowd.app.state, 0
        self.render, self.render_part = routes.render, board.render_part
        desk = next(one for one in crowd.visitors if one.role is Role.COUNSELLOR and one.knows)
        routes.render, board.render_part = self._keep, self._keep_part
        try:
            desk.client.get("/desk?up_to=2147483647", headers={"HX-Request": "true"})
        finally:
            routes.render, board.render_part = self.render, self.render_part
        event.listen(self.state.database.engine, "before_cursor_execute", self._count)

    def _keep(self, request: Any, whole: str, **rest: Any) -> Any:
        self.request, self.whole, self.rest = request, whole, rest
        return self.render(request, whole, **rest)

    def _keep_part(self, name: str, **rest: Any) -> Any:
        self.part, self.rows = name, rest
        return self.render_part(name, **rest)

    def _count(self, *_: Any) -> None:
        self.statements += 1

    def with_queries(self) -> None:
        self.state.shared_work = SharedWork()
        with self.state.database.reading() as session:
            actor, now = self.rest["actor"], self.state.clock()
            wanted = get_wanted(Asked(up_to=LARGEST_SEQ))
            routes.show_desk(self.request, session, actor, now, wanted)

    def bare(self) -> None:
        self.render_part(self.part, **self.rows)
        self.render(self.request, self.whole, **self.rest)


def desk(rounds: int) -> list[Figure]:
    rows = {"report": OPEN, "instruction": OPEN}
    with (
        tempfile.TemporaryDirectory(prefix="nafuda-bench-") as folder,
        grown(Path(folder), rows, {}) as crowd,
    ):
        page = DeskList(crowd)
        ways = {"ours": partial(spent, page.with_queries), "bare": partial(spent, page.bare)}
        settle()
        interleaved(ways, 1)
        page.statements = 0
        page.with_queries()
        print(f"  {page.statements} queries for {OPEN} reports", flush=True)
        found = interleaved(ways, rounds)
    ours, bare = found["ours"], found["bare"]
    ratio = median_ratio(bare, ours)
    return [Figure(f"desk_list_{OPEN}", median(ours), median(bare), ratio, DESK_GOAL, "ms CPU")]


def spent(page: Callable[[], None]) -> float:
    """Milliseconds of processor time for one of many."""
    began = time.process_time()
    for _ in range(TIMES):
        page()
    return (time.process_time() - began) / TIMES * 1000


def growth(kind: str, rounds: int) -> list[Figure]:
    """Every page that may not take longer, in a young town and in one with so many rows."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nafuda-bench-")))
        towns = [
            stack.enter_context(grown(folder / str(size), scaled(size), ENDED, url(stack, kind)))
            for size in (SMALL, LARGE)
        ]
        settle()
        pages = [(door, visitor_of(towns[0], door)) for door in hurried()]
        times = {door.address: timed(door, visitor, towns, rounds) for door, visitor in pages}
    slower = sorted(times, key=lambda one: times[one][0] / times[one][1])
    for address in slower[:5]:
        small, large = times[address]
        print(f"  {address}: {small:.1f} ms, then {large:.1f} ms", flush=True)
    small, large = (sum(pair[place] for pair in times.values()) for place in (0, 1))
    return [Figure(f"lists_growth_{kind}", large, small, small / large, GROWTH_GOAL, "ms")]


def scaled(size: int) -> dict[str, int]:
    rest = dict.fromkeys((GROWING | BESIDE) - {"survey_answer", "roster_draft"}, size // 10)
    return rest | dict.fromkeys(MANY, size)


def url(stack: ExitStack, kind: str) -> str:
    return stack.enter_context(running_postgres()) if kind == "postgres" else ""


def hurried() -> list[Door]:
    return [
        one
        for one in every_door()
        if one.method == "GET" and one.address not in ENDLESS and one.address not in UNHURRIED
    ]


def visitor_of(crowd: Crowd, door: Door) -> int:
    """The place of the first one who may see it; who is led elsewhere counts where all are."""
    for refused in (REFUSED, REFUSED - {LED}):
        for place, visitor in enumerate(crowd.visitors):
            if (visitor.knows or not door.permissions) and crowd.ask(door, visitor) not in refused:
                return place
    raise RuntimeError(f"nobody may see {door.address}")


def timed(door: Door, place: int, towns: list[Crowd], rounds: int) -> tuple[float, float]:
    """Medians of both towns, in milliseconds."""
    ways = {
        str(number): partial(asked, crowd, door, crowd.visitors[place])
        for number, crowd in enumerate(towns)
    }
    interleaved(ways, 1)
    found = interleaved(ways, rounds)
    return median(found["0"]), median(found["1"])


def asked(crowd: Crowd, door: Door, visitor: Visitor) -> float:
    began = time.perf_counter()
    crowd.ask(door, visitor)
    return (time.perf_counter() - began) * 1000
