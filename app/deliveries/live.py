"""Live screens: one watcher per process looks at the pulses and tells the open streams."""

import asyncio
import time
from collections.abc import Iterable
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from app.db import Database
from app.deliveries.live_stream import LiveStream
from app.deliveries.waking import Sleeper
from app.networks.models import Counter

log = structlog.get_logger()
SILENCE = 20.0


class LiveScreens:
    """Streams of one process. An event is rendered once for all of a network; every so often all
    get a sign of life."""

    def __init__(self, database: Database, seconds: float) -> None:
        self.database, self.seconds, self.silence = database, seconds, SILENCE
        self._streams: dict[UUID, set[LiveStream]] = {}
        self._seen: dict[UUID, int] = {}
        self._alive_at = time.monotonic()

    async def run(self) -> None:
        sleeper = Sleeper(self.seconds, "pulse")
        try:
            while True:
                await sleeper.sleep()
                if self._streams:
                    await self._look_and_tell()
                    self._show_life()
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
            event = b"event: pulse\ndata: %d\n\n" % value
            for stream in self._streams.get(network_id, ()):
                stream.tell(event)

    def _show_life(self) -> None:
        now = time.monotonic()
        if now - self._alive_at < self.silence:
            return
        self._alive_at = now
        for streams in self._streams.values():
            for stream in streams:
                stream.show_life()

    def join(self, network_id: UUID, stream: LiveStream) -> None:
        self._streams.setdefault(network_id, set()).add(stream)

    def leave(self, network_id: UUID, stream: LiveStream) -> None:
        """Again does nothing."""
        streams = self._streams.get(network_id, set())
        streams.discard(stream)
        if not streams:
            self._streams.pop(network_id, None)


def pulses(session: Session, networks: Iterable[UUID]) -> dict[UUID, int]:
    query = select(Counter.network_id, Counter.value).where(
        Counter.kind == "pulse", col(Counter.network_id).in_(list(networks))
    )
    return dict(session.exec(query).all())
