"""Who carries items of the outbox over the network: pushes and letters."""

from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from app.deliveries.models import OutboxItem

LATER = "later"


class CarrierAnswer(Protocol):
    """`outcome` "later" means again, after `retry_after` seconds if that is known."""

    @property
    def outcome(self) -> str: ...
    @property
    def retry_after(self) -> int | None: ...


class Carrier(Protocol):
    """Reads what to send, sends it while no transaction is open, records what became of it."""

    def prepare(self, session: Session, item: OutboxItem, now: datetime) -> Any | None:
        """None when there is nothing to send any more."""

    async def send(self, prepared: Any) -> CarrierAnswer: ...

    def record(self, session: Session, item: OutboxItem, outcome: str, now: datetime) -> None: ...

    async def close(self) -> None: ...
