"""The worker: leases due outbox items, ends its transaction, does the work, records the outcome."""

import asyncio
from collections import Counter
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
        self._in_the_air: dict[asyncio.Task[None], str] = {}

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
        """What is in the air stays leased, and is sent again once the lease has run out."""
        for task in self._in_the_air:
            task.cancel()
        for carrier in self.carriers.values():
            await carrier.close()

    async def _work_if_possible(self) -> int:
        """A database that is away for a while doesn't end the worker."""
        try:
            return await self._begin()
        except Exception as error:
            log.error("outbox unreachable", error=type(error).__name__)
            return 0

    async def work_once(self) -> int:
        """Do what is due now and wait for all of it; returns how many items that were."""
        count = await self._begin()
        await asyncio.gather(*self._in_the_air)
        return count

    async def _begin(self) -> int:
        """What is done inside a transaction is done when this returns. The rest is on its way, so
        that a server which hangs holds up nothing else."""
        items = await asyncio.to_thread(self._lease)
        others = []
        for item in items:
            if item.kind in self.carriers:
                self._launch(item)
            else:
                others.append(item)
        if others:
            await asyncio.to_thread(self._handle_all, others)
        return len(items)

    def _launch(self, item: OutboxItem) -> None:
        task = asyncio.create_task(self._carry(item))
        self._in_the_air[task] = item.kind
        task.add_done_callback(self._in_the_air.pop)

    def _lease(self) -> list[OutboxItem]:
        """No more of a kind than its carrier gets through while the lease lasts."""
        flying = Counter(self._in_the_air.values())
        with self.database.writing() as session:
            now = self.clock()
            items = lease_due(session, now, without=self.carriers.keys())
            for kind, carrier in self.carriers.items():
                if room := carrier.most - flying[kind]:
                    items += lease_due(session, now, room, kind=kind)
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
