"""Work that leaves the transaction: written with it, leased by a worker, done at least once."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.db import after_commit
from app.deliveries.models import OutboxItem
from app.deliveries.waking import wake

LEASE = timedelta(seconds=60)


def enqueue(
    session: Session, network_id: UUID, kind: str, payload: dict[str, Any], due_at: datetime
) -> OutboxItem:
    item = OutboxItem(network_id=network_id, kind=kind, payload=payload, due_at=due_at)
    session.add(item)
    after_commit(session, wake)
    return item


def lease_due(
    session: Session,
    now: datetime,
    limit: int = 100,
    *,
    kind: str | None = None,
    without: Collection[str] = (),
) -> list[OutboxItem]:
    """Items that are due and nobody else's, of one kind or of all but some. If this worker dies,
    the lease runs out by itself."""
    wanted = col(OutboxItem.kind) == kind if kind else col(OutboxItem.kind).not_in(list(without))
    free = (col(OutboxItem.leased_until).is_(None)) | (col(OutboxItem.leased_until) <= now)
    due = (
        select(OutboxItem)
        .where(col(OutboxItem.done_at).is_(None), col(OutboxItem.due_at) <= now, free, wanted)
        .order_by(col(OutboxItem.due_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    items = list(session.exec(due))
    for item in items:
        item.leased_until, item.attempts = now + LEASE, item.attempts + 1
    return items


def finish(session: Session, item: OutboxItem, outcome: str, now: datetime) -> None:
    _settle(session, item, done_at=now, leased_until=None, outcome=outcome)


def try_again(session: Session, item: OutboxItem, outcome: str, due_at: datetime) -> None:
    _settle(session, item, due_at=due_at, leased_until=None, outcome=outcome)


def _settle(session: Session, item: OutboxItem, **values: object) -> None:
    session.execute(
        update(OutboxItem)
        .where(col(OutboxItem.network_id) == item.network_id, col(OutboxItem.id) == item.id)
        .where(col(OutboxItem.done_at).is_(None))
        .values(**values)
    )


Handler = Callable[[Session, OutboxItem, datetime], str]
