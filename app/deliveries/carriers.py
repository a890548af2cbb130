"""Who carries items of the outbox over the network: pushes and letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import Session

from app.deliveries.outbox import Item

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


@dataclass(frozen=True, slots=True)
class Sent:
    """An item that left, as it left, and what came back."""

    item: Item
    prepared: Any
    answer: Any


class Carrier(Protocol):
    """Reads what to send, sends it while no transaction is open, records what became of it."""

    def prepare(
        self, session: Session, items: Sequence[Item], now: datetime
    ) -> Mapping[UUID, Any | Held]:
        """By the items' ids. Where there is nothing to send any more, there is nothing."""

    async def send(self, prepared: Any) -> CarrierAnswer: ...

    def record(
        self, session: Session, sent: Sequence[Sent], now: datetime
    ) -> Mapping[UUID, datetime]:
        """By the items' ids when to try again. For the others that was all."""

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Lane:
    """`most`: how many items may be on their way at once, so that each is through before its lease
    ends, and none of another lane has to wait for them."""

    carrier: Carrier
    most: int


def pause(attempts: int, wish: int | None = None) -> timedelta:
    """Twice as long each time, up to five minutes; the other side's own wish, in seconds, wins, up
    to a quarter of an hour."""
    if wish is not None:
        return timedelta(seconds=min(wish, LONGEST_WISH))
    return min(LAST_RETRY, FIRST_RETRY * float(2 ** min(attempts - 1, 10)))
