"""Live screens: one watcher per process looks at the pulses and tells the open streams."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app.db import Database
from app.deliveries.waking import Sleeper
from app.networks.models import Counter

log = structlog.get_logger()
SILENCE = 20.0


class LiveScreens:
    """Streams of one process. A slow reader only ever misses numbers, never the newest one."""

    def __init__(self, database: Database, seconds: float) -> None:
        self.database, self.seconds = database, seconds
        self._streams: dict[UUID, set[asyncio.Queue[int]]] = {}
        self._seen: dict[UUID, int] = {}

    async def run(self) -> None:
        sleeper = Sleeper(self.seconds)
        try:
            while True:
                await sleeper.sleep()
                if self._streams:
                    await self._look_and_tell()
        finally:
            sleeper.close()

    async def _look_and_tell(self) -> None:
        """A database that is away for a while doesn't end the live screens."""
        try:
            self._tell(await asyncio.to_thread(self._look, list(self._streams)))
        except SQLAlchemyError as error:
            log.error("pulses unreachable", error=type(error).__name__)

    def _look(self, networks: Iterable[UUID]) -> dict[UUID, int]:
        with self.database.reading() as session:
            return pulses(session, networks)

    def _tell(self, found: dict[UUID, int]) -> None:
        for network_id, value in found.items():
            if self._seen.get(network_id) == value:
                continue
            self._seen[network_id] = value
            for queue in self._streams.get(network_id, ()):
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(value)

    async def stream(self, network_id: UUID) -> AsyncIterator[int | None]:
        """The newest pulse whenever it changed; None after 20 s of nothing, as a sign of life."""
        queue: asyncio.Queue[int] = asyncio.Queue()
        self._streams.setdefault(network_id, set()).add(queue)
        try:
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), SILENCE)
                except TimeoutError:
                    yield None
        finally:
            self._streams[network_id].discard(queue)
            if not self._streams[network_id]:
                del self._streams[network_id]


def pulses(session: Session, networks: Iterable[UUID]) -> dict[UUID, int]:
    query = select(Counter.network_id, Counter.value).where(
        Counter.kind == "pulse", col(Counter.network_id).in_(list(networks))
    )
    return dict(session.exec(query).all())
