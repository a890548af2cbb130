"""Group commit: reports that arrive together share one transaction and one durable commit.

Nobody is answered before that commit. One writer per process, so that SQLite's threads never wait
for each other by sleeping; on PostgreSQL each process writes its own batches.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from queue import Empty, SimpleQueue
from uuid import UUID

from sqlmodel import Session

from app.clock import Clock
from app.db import Database
from app.failpoints import reach
from app.reports.acceptance import Acceptance, accept_all
from app.reports.coverage import Coverage
from app.reports.receipts import Receipts
from app.reports.submissions import Submission
from app.reports.triage import Checklists
from app.reports.turns import Turns, take_turns

LARGEST_GROUP = 256
# So many requests in one group mean that as many are right behind. Pauses in seconds.
BUSY = 4
PAUSE, LONGEST_PAUSE = 0.002, 0.010


AcceptDrills = Callable[
    [Session, Checklists, Receipts, Sequence[Submission], datetime], list[Acceptance]
]
"""Takes what was made in drills; the area above `reports` that knows them brings it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Verdicts, and what a phone learns with every answer."""

    verdicts: list[Acceptance]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Waiting:
    """Submissions of one request, all of one network, and who waits for their verdicts."""

    submissions: Sequence[Submission]
    future: "asyncio.Future[Accepted]"
    loop: asyncio.AbstractEventLoop

    @property
    def network_id(self) -> UUID:
        return self.submissions[0].network_id


class ReportWriter:
    """Takes submissions from the event loop; a thread of its own writes them."""

    def __init__(
        self, database: Database, clock: Clock, receipts: Receipts, accept_drills: AcceptDrills
    ) -> None:
        self.database, self.clock, self.receipts = database, clock, receipts
        self.accept_drills = accept_drills
        self.checklists = Checklists()
        self._queue: SimpleQueue[Waiting | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def accept(self, submissions: Sequence[Submission]) -> Accepted:
        """Verdicts, durable by the time they are returned. Raises what the database raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Accepted] = loop.create_future()
        self._start()
        self._queue.put(Waiting(submissions, future, loop))
        return await asyncio.shield(future)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="report-writer", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Finish what was taken, then stop."""
        if self._thread:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        last = 0
        while (first := self._queue.get()) is not None:
            if last >= BUSY:
                self._let_more_come(last)
            group, ends = self._collect(first)
            self._write(group)
            last = len(group)
            if ends:
                return

    def _let_more_come(self, expected: int) -> None:
        """A commit costs nearly the same for twenty as for two. While more keep coming, a busy
        writer waits a little for as many as came last time."""
        until, seen = time.monotonic() + LONGEST_PAUSE, 0
        while seen < (waiting := self._queue.qsize() + 1) < expected and time.monotonic() < until:
            seen = waiting
            time.sleep(PAUSE)

    def _collect(self, first: Waiting) -> tuple[list[Waiting], bool]:
        """Everything that waits by now, up to a group's size."""
        group, size = [first], len(first.submissions)
        while size < LARGEST_GROUP:
            try:
                following = self._queue.get_nowait()
            except Empty:
                return group, False
            if following is None:
                return group, True
            group.append(following)
            size += len(following.submissions)
        return group, False

    def _write(self, group: list[Waiting]) -> None:
        """All in one transaction; if that fails, each alone, so that one can't spoil the others."""
        try:
            answers = self._commit(group)
        except Exception as error:
            if len(group) == 1:
                _settle(group, [error])
            else:
                for waiting in group:
                    self._write([waiting])
            return
        _settle(group, answers)

    def _commit(self, group: list[Waiting]) -> list[Accepted]:
        submissions = [one for waiting in group for one in waiting.submissions]
        with self.database.writing() as session:
            reach("transaction begun")
            turns = take_turns(session, {waiting.network_id for waiting in group})
            verdicts = iter(self._verdicts(session, turns, submissions))
            answers = [
                Accepted(
                    [next(verdicts) for _ in waiting.submissions],
                    turns[waiting.network_id].coverage,
                )
                for waiting in group
            ]
        reach("committed")
        return answers

    def _verdicts(
        self, session: Session, turns: Turns, submissions: Sequence[Submission]
    ) -> list[Acceptance]:
        """In their order. What was made in drills goes another way, and costs the rest nothing."""
        now = self.clock()
        drilled = [one for one in submissions if one.envelope.drill]
        real = [one for one in submissions if not one.envelope.drill] if drilled else submissions
        known, receipts = self.checklists, self.receipts
        of_drills = iter(
            self.accept_drills(session, known, receipts, drilled, now) if drilled else ()
        )
        of_real = iter(accept_all(session, known, receipts, turns, real, now) if real else ())
        return [next(of_drills if one.envelope.drill else of_real) for one in submissions]


def _settle(group: Sequence[Waiting], outcomes: Sequence[Accepted | Exception]) -> None:
    """In the loop that waits; it is woken once for all of the group."""
    for loop, settled in groupby(zip(group, outcomes, strict=True), lambda one: one[0].loop):
        loop.call_soon_threadsafe(_tell, list(settled))


def _tell(settled: Iterable[tuple[Waiting, Accepted | Exception]]) -> None:
    """Unless the phone hung up in the meantime."""
    for waiting, outcome in settled:
        if waiting.future.done():
            continue
        if isinstance(outcome, Accepted):
            waiting.future.set_result(outcome)
        else:
            waiting.future.set_exception(outcome)
