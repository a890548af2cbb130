"""The worker's transactions: for many items at once, and where that fails for each alone."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import structlog

from app.clock import Clock
from app.db import Database
from app.deliveries.carriers import Held, Lane, Sent, pause
from app.deliveries.outbox import Handler, Item, Settlement, settle
from app.deliveries.waking import wake

log = structlog.get_logger()
One = TypeVar("One", Item, Sent)
TOGETHER = 0.02
"""Seconds in which what comes back gathers: a commit costs the disk the same for one and many."""


class Recorder:
    """One item that can't be done spoils no other."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        handlers: Mapping[str, Handler],
        lanes: Mapping[str, Lane],
    ) -> None:
        self.database, self.clock = database, clock
        self.handlers, self.lanes = handlers, lanes
        self._arrived = defaultdict[str, list[Sent]](list)
        self._being_written = Counter[str]()
        self._writing: asyncio.Task[None] | None = None

    def handle_all(self, items: Sequence[Item]) -> None:
        self._together(items, self._handle)

    def prepare_all(self, items: Sequence[Item]) -> list[tuple[Item, Any]]:
        """Of one kind. Those that have to be sent, with what is sent; the others are settled."""
        ready: list[tuple[Item, Any]] = []
        self._together(items, lambda some: ready.extend(self._prepare(some)))
        return ready

    def record(self, sent: Sent) -> None:
        """Whatever else comes back meanwhile goes into the same transaction."""
        self._arrived[sent.item.kind].append(sent)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_down())

    def waiting(self, kind: str) -> int:
        """How many came back and aren't recorded yet."""
        return len(self._arrived[kind]) + self._being_written[kind]

    async def finished(self) -> None:
        if self._writing:
            await self._writing

    async def _write_down(self) -> None:
        try:
            while any(self._arrived.values()):
                await asyncio.sleep(TOGETHER)
                for kind in [kind for kind, arrived in self._arrived.items() if arrived]:
                    sent, self._arrived[kind] = self._arrived[kind], []
                    self._being_written[kind] = len(sent)
                    await asyncio.to_thread(self._together, sent, self._record)
                    self._being_written[kind] = 0
                wake()
        finally:
            self._writing = None
            self._being_written.clear()

    def note_failure(self, item: Item, error: Exception) -> None:
        log.error("outbox item failed", kind=item.kind, error=type(error).__name__)
        again_at = self.clock() + pause(item.attempts)
        self._settle([Settlement(item, "failed", again_at)])

    def _together(self, some: Sequence[One], do: Callable[[Sequence[One]], None]) -> None:
        try:
            do(some)
        except Exception as error:
            if len(some) == 1:
                self.note_failure(_item_of(some[0]), error)
            else:
                for one in some:
                    self._together([one], do)

    def _handle(self, items: Sequence[Item]) -> None:
        with self.database.writing() as session:
            now = self.clock()
            done = [
                Settlement(item, self.handlers[item.kind](session, item, now)) for item in items
            ]
            settle(session, done, now)

    def _prepare(self, items: Sequence[Item]) -> list[tuple[Item, Any]]:
        carrier = self.lanes[items[0].kind].carrier
        with self.database.reading() as session:
            prepared = carrier.prepare(session, items, self.clock())
        stay = [item for item in items if isinstance(prepared.get(item.id), Held | None)]
        self._settle([_put_off(item, prepared.get(item.id)) for item in stay])
        return [(item, prepared[item.id]) for item in items if item not in stay]

    def _record(self, sent: Sequence[Sent]) -> None:
        carrier = self.lanes[sent[0].item.kind].carrier
        with self.database.writing() as session:
            now = self.clock()
            again = carrier.record(session, sent, now)
            settled = [
                Settlement(one.item, one.answer.outcome, again.get(one.item.id)) for one in sent
            ]
            settle(session, settled, now)

    def _settle(self, settlements: Sequence[Settlement]) -> None:
        if settlements:
            with self.database.writing() as session:
                settle(session, settlements, self.clock())


def _put_off(item: Item, held: Held | None) -> Settlement:
    return Settlement(item, "held", held.until) if held else Settlement(item, "not-needed")


def _item_of(one: Item | Sent) -> Item:
    return one.item if isinstance(one, Sent) else one
