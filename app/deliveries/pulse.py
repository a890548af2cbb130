"""The pulse of a network: a number that goes up whenever a live screen should look again.

It is bumped in the transaction that changed something, so it works the same in one process on
SQLite and in many on PostgreSQL (docs/adr/0005).
"""

from uuid import UUID

from sqlmodel import Session

from app.db import after_commit, before_commit
from app.deliveries.waking import wake
from app.networks.numbers import next_number

PULSE_ORDER = 2


def bump(session: Session, network_id: UUID) -> None:
    """Once per transaction, as its very last step."""
    before_commit(
        session, PULSE_ORDER, network_id, lambda: next_number(session, network_id, "pulse")
    )
    after_commit(session, lambda: wake("pulse"))
