"""Who carries items of the outbox over the network: pushes and letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import Session

from app.deliveries.models import OutboxItem

FIRST_RETRY = timedelta(seconds=2)
LAST_RETRY = timedelta(minutes=5)
LONGEST_WISH = 900


class CarrierAnswer(Protocol):
    """What the other side said, in a word that is kept."""

    @property
    def outcome(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Held:
    """Not now: there is a reason to wait until then."""

    until: datetime


class Carrier(Protocol):
    """Reads what to send, sends it while no transaction is open, records what became of it.

    `most`: how many may be on their way at once, so that each is through before its lease ends.
    """

    most: int

    def prepare(self, session: Session, item: OutboxItem, now: datetime) -> Any | Held | None:
        """None when there is nothing to send any more."""

    async def send(self, prepared: Any) -> CarrierAnswer: ...

    def record(
        self, session: Session, item: OutboxItem, answer: Any, now: datetime
    ) -> datetime | None:
        """When to try again; None: that was all."""

    async def close(self) -> None: ...


def pause(attempts: int, wish: int | None = None) -> timedelta:
    """Twice as long each time, up to five minutes; the other side's own wish, in seconds, wins, up
    to a quarter of an hour."""
    if wish is not None:
        return timedelta(seconds=min(wish, LONGEST_WISH))
    return min(LAST_RETRY, FIRST_RETRY * float(2 ** min(attempts - 1, 10)))
