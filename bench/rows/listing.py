"""The desk's list against its bare templates."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event

from app.desk.inbox import board, routes
from app.desk.inbox.wanted import Asked, get_wanted
from app.memory import settle
from app.reports.queries import LARGEST_SEQ
from app.staff.permissions import Role
from app.web.shared_work import SharedWork
from bench.grown import grown
from bench.results import Figure
from bench.rounds import interleaved, median_ratio
from tests.house_rules.visitors import Crowd

OPEN, TIMES = 50, 20
DESK_GOAL = 0.4


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
