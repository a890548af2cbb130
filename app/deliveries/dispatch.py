"""The worker: leases due outbox items, ends its transaction, does the work, records the outcome."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from app.clock import Clock
from app.db import Database
from app.deliveries.carriers import Lane, Sent
from app.deliveries.outbox import Handler, Item, lease_due
from app.deliveries.recording import Recorder
from app.deliveries.waking import Sleeper

log = structlog.get_logger()

WORTHWHILE = 0.5


class Dispatcher:
    """`handlers`: kind → what to do inside one transaction. `lanes`: kind → who takes it over the
    network, while no transaction is open. Other kinds are left to workers who know them."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        lanes: Mapping[str, Lane],
        seconds: float = 0.5,
    ) -> None:
        self.database, self.clock = database, clock
        self.handlers, self.lanes, self.seconds = handlers, lanes, seconds
        self._recorder = Recorder(database, clock, handlers, lanes)
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
        for lane in self.lanes.values():
            await lane.carrier.close()

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
        await self._recorder.finished()
        return count

    async def _begin(self) -> int:
        """What is done inside a transaction is done when this returns. The rest is on its way, so
        that a server which hangs holds up nothing else."""
        leased = await asyncio.to_thread(self._lease)
        for kind, items in leased.items():
            if kind in self.lanes:
                prepared = await asyncio.to_thread(self._recorder.prepare_all, items)
                for item, what in prepared:
                    self._launch(item, what)
            else:
                await asyncio.to_thread(self._recorder.handle_all, items)
        return sum(map(len, leased.values()))

    def _lease(self) -> dict[str, Sequence[Item]]:
        """What happens in transactions first. No more of a lane than gets through while the lease
        lasts, and of a full lane only once half of it is free."""
        flying = Counter(self._in_the_air.values())
        with self.database.writing() as session:
            now = self.clock()
            leased = {"": lease_due(session, now, self.handlers.keys())}
            for kind, lane in self.lanes.items():
                room = lane.most - flying[kind] - self._recorder.waiting(kind)
                if room >= lane.most * WORTHWHILE:
                    leased[kind] = lease_due(session, now, [kind], room)
        return {kind: items for kind, items in leased.items() if items}

    def _launch(self, item: Item, prepared: Any) -> None:
        task = asyncio.create_task(self._carry(item, prepared))
        self._in_the_air[task] = item.kind
        task.add_done_callback(self._in_the_air.pop)

    async def _carry(self, item: Item, prepared: Any) -> None:
        try:
            answer = await self.lanes[item.kind].carrier.send(prepared)
        except Exception as error:
            await asyncio.to_thread(self._recorder.note_failure, item, error)
        else:
            self._recorder.record(Sent(item, prepared, answer))
