"""The worker: leases due outbox items, ends its transaction, does the work, records the outcome."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from app.clock import Clock
from app.db import Database
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Handler, finish, lease_due, try_again
from app.deliveries.pushing import PreparedPush, Pusher
from app.deliveries.waking import Sleeper

log = structlog.get_logger()
FIRST_RETRY = timedelta(seconds=2)
LAST_RETRY = timedelta(minutes=5)


class Dispatcher:
    """`handlers`: kind → what to do inside one transaction. Pushes go over the network instead."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        pusher: Pusher,
        seconds: float = 0.5,
    ) -> None:
        self.database, self.clock, self.pusher = database, clock, pusher
        self.handlers, self.seconds = handlers, seconds

    async def run(self) -> None:
        sleeper = Sleeper(self.seconds)
        try:
            while True:
                if not await self._work_if_possible():
                    await sleeper.sleep()
        except asyncio.CancelledError:
            await self.pusher.close()
            raise
        finally:
            sleeper.close()

    async def _work_if_possible(self) -> int:
        """A database that is away for a while doesn't end the worker."""
        try:
            return await self.work_once()
        except Exception as error:
            log.error("outbox unreachable", error=type(error).__name__)
            return 0

    async def work_once(self) -> int:
        """Do what is due now; returns how many items that were."""
        items = await asyncio.to_thread(self._lease)
        others = [item for item in items if item.kind != "push"]
        work = [self._push(item) for item in items if item.kind == "push"]
        if others:
            work.append(asyncio.to_thread(self._handle_all, others))
        await asyncio.gather(*work)
        return len(items)

    def _lease(self) -> list[OutboxItem]:
        with self.database.writing() as session:
            items = lease_due(session, self.clock())
            session.flush()
            session.expunge_all()
            return items

    def _handle_all(self, items: Sequence[OutboxItem]) -> None:
        """In one transaction; if that fails, each alone, so that one can't spoil the others."""
        try:
            self._handle(items)
        except Exception as error:
            if len(items) == 1:
                self._note_failure(items[0], error)
            else:
                for item in items:
                    self._handle_all([item])

    def _handle(self, items: Sequence[OutboxItem]) -> None:
        with self.database.writing() as session:
            now = self.clock()
            for item in items:
                outcome = self.handlers[item.kind](session, item, now)
                finish(session, item, outcome, now)

    def _note_failure(self, item: OutboxItem, error: Exception) -> None:
        log.error("outbox item failed", kind=item.kind, error=type(error).__name__)
        self._retry(item, "failed", None)

    async def _push(self, item: OutboxItem) -> None:
        try:
            await self._send(item)
        except Exception as error:
            await asyncio.to_thread(self._note_failure, item, error)

    async def _send(self, item: OutboxItem) -> None:
        send = await asyncio.to_thread(self._read, item)
        if send is None:
            await asyncio.to_thread(self._finish, item, "not-needed")
            return
        answer = await self.pusher.send(send)
        if answer.outcome == "later":
            await asyncio.to_thread(self._retry, item, "later", answer.retry_after)
        else:
            await asyncio.to_thread(self._record, item, answer.outcome)

    def _read(self, item: OutboxItem) -> PreparedPush | None:
        with self.database.reading() as session:
            return self.pusher.prepare(session, item, self.clock())

    def _finish(self, item: OutboxItem, outcome: str) -> None:
        with self.database.writing() as session:
            finish(session, item, outcome, self.clock())

    def _record(self, item: OutboxItem, outcome: str) -> None:
        with self.database.writing() as session:
            now = self.clock()
            self.pusher.record(session, item, outcome, now)
            finish(session, item, outcome, now)

    def _retry(self, item: OutboxItem, outcome: str, retry_after: int | None) -> None:
        with self.database.writing() as session:
            try_again(session, item, outcome, self.clock() + pause(item.attempts, retry_after))


def pause(attempts: int, retry_after: int | None) -> timedelta:
    """Twice as long each time, up to five minutes; a push service's own wish wins."""
    if retry_after is not None:
        return timedelta(seconds=min(retry_after, 900))
    return min(LAST_RETRY, FIRST_RETRY * float(2 ** min(attempts - 1, 10)))
