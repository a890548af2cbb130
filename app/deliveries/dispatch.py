"""The worker: leases due outbox items, ends its transaction, does the work, records the outcome."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog

from app.clock import Clock
from app.db import Database
from app.deliveries.carriers import Carrier, CarrierAnswer, Held, pause
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Handler, finish, lease_due, try_again
from app.deliveries.waking import Sleeper

log = structlog.get_logger()


class Dispatcher:
    """`handlers`: kind → what to do inside one transaction. `carriers`: kind → who takes it over
    the network, while no transaction is open."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        carriers: Mapping[str, Carrier],
        seconds: float = 0.5,
    ) -> None:
        self.database, self.clock = database, clock
        self.handlers, self.carriers, self.seconds = handlers, carriers, seconds

    async def run(self) -> None:
        sleeper = Sleeper(self.seconds)
        try:
            while True:
                if not await self._work_if_possible():
                    await sleeper.sleep()
        except asyncio.CancelledError:
            await self.close()
            raise
        finally:
            sleeper.close()

    async def close(self) -> None:
        for carrier in self.carriers.values():
            await carrier.close()

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
        others = [item for item in items if item.kind not in self.carriers]
        work = [self._carry(item) for item in items if item.kind in self.carriers]
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
        self._retry(item, "failed", self.clock() + pause(item.attempts))

    async def _carry(self, item: OutboxItem) -> None:
        try:
            await self._send(self.carriers[item.kind], item)
        except Exception as error:
            await asyncio.to_thread(self._note_failure, item, error)

    async def _send(self, carrier: Carrier, item: OutboxItem) -> None:
        prepared = await asyncio.to_thread(self._prepare, carrier, item)
        if prepared is None:
            await asyncio.to_thread(self._finish, item, "not-needed")
            return
        if isinstance(prepared, Held):
            await asyncio.to_thread(self._retry, item, "held", prepared.until)
            return
        answer = await carrier.send(prepared)
        await asyncio.to_thread(self._record, carrier, item, answer)

    def _prepare(self, carrier: Carrier, item: OutboxItem) -> Any | Held | None:
        with self.database.reading() as session:
            return carrier.prepare(session, item, self.clock())

    def _finish(self, item: OutboxItem, outcome: str) -> None:
        with self.database.writing() as session:
            finish(session, item, outcome, self.clock())

    def _record(self, carrier: Carrier, item: OutboxItem, answer: CarrierAnswer) -> None:
        with self.database.writing() as session:
            now = self.clock()
            again = carrier.record(session, item, answer, now)
            if again:
                try_again(session, item, answer.outcome, again)
            else:
                finish(session, item, answer.outcome, now)

    def _retry(self, item: OutboxItem, outcome: str, at: datetime) -> None:
        with self.database.writing() as session:
            try_again(session, item, outcome, at)
