"""Work that leaves the transaction: written with it, leased by a worker, done at least once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from app.db import after_commit, table_of
from app.deliveries.models import OutboxItem
from app.deliveries.waking import wake
from app.ids import new_id

LEASE = timedelta(seconds=60)

# Built once: building a statement takes longer than running it.
_ITEM = (col(OutboxItem.network_id) == bindparam("network")) & (
    col(OutboxItem.id) == bindparam("item")
)
_SETTLE = (
    update(OutboxItem)
    .where(_ITEM, col(OutboxItem.done_at).is_(None))
    .values(
        due_at=bindparam("due"),
        done_at=bindparam("done"),
        outcome=bindparam("how"),
        leased_until=None,
    )
)
_LEASE = (
    update(OutboxItem)
    .where(_ITEM)
    .values(leased_until=bindparam("until"), attempts=OutboxItem.attempts + 1)
)


@dataclass(frozen=True, slots=True)
class Work:
    """What to do, and from when on."""

    payload: dict[str, Any]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an item. `again_at`: when to try again; None: it is done."""

    item: OutboxItem
    outcome: str
    again_at: datetime | None = None


Handler = Callable[[Session, OutboxItem, datetime], str]
"""Does an item inside a transaction; the word is kept."""


def enqueue(
    session: Session, network_id: UUID, kind: str, payload: dict[str, Any], due_at: datetime
) -> None:
    enqueue_all(session, network_id, kind, [Work(payload, due_at)])


def enqueue_all(session: Session, network_id: UUID, kind: str, works: Iterable[Work]) -> None:
    rows = [
        {
            "network_id": network_id,
            "id": new_id(),
            "kind": kind,
            "payload": work.payload,
            "due_at": work.due_at,
            "attempts": 0,
            "outcome": "",
        }
        for work in works
    ]
    if rows:
        session.connection().execute(insert(table_of(OutboxItem)), rows)
        after_commit(session, wake)


def lease_due(
    session: Session, now: datetime, kinds: Collection[str], limit: int = 100
) -> list[OutboxItem]:
    """Items of these kinds that are due and nobody else's. If this worker dies, the lease runs out
    by itself."""
    free = (col(OutboxItem.leased_until).is_(None)) | (col(OutboxItem.leased_until) <= now)
    due = (
        select(OutboxItem)
        .where(col(OutboxItem.done_at).is_(None), col(OutboxItem.kind).in_(kinds))
        .where(col(OutboxItem.due_at) <= now, free)
        .order_by(col(OutboxItem.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    items = list(session.exec(due))
    session.expunge_all()
    for item in items:
        item.leased_until, item.attempts = now + LEASE, item.attempts + 1
    _execute(session, _LEASE, [{**_key(item), "until": item.leased_until} for item in items])
    return items


def settle(session: Session, settlements: Sequence[Settlement], now: datetime) -> None:
    """Give the items back or be done with them. What was done before stays as it was."""
    rows = [
        {
            **_key(one.item),
            "due": one.again_at or one.item.due_at,
            "done": None if one.again_at else now,
            "how": one.outcome,
        }
        for one in settlements
    ]
    _execute(session, _SETTLE, rows)


def _key(item: OutboxItem) -> dict[str, UUID]:
    return {"network": item.network_id, "item": item.id}


def _execute(session: Session, statement: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(statement, rows)
