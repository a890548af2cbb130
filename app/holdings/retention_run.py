"""The night's work: some of each kind per transaction, until nothing is due."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.db import take_stock
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Item, enqueue
from app.holdings.due import borders
from app.holdings.letting_go import STEPS
from app.holdings.models import RetentionRun
from app.networks.retention import RUN, next_run
from app.networks.scope import get_network, get_row, in_network

AT_ONCE = 200


def run(session: Session, item: Item, now: datetime, most: int = AT_ONCE) -> str:
    """One transaction's worth. What is left goes on at once, behind what else is due."""
    night = _night(session, item, now)
    before = borders(get_network(session, item.network_id), night.began_at)
    going = {
        kind: step(session, item.network_id, before[kind], most, now)
        for kind, step in STEPS.items()
    }
    night.counts = {kind: night.counts.get(kind, 0) + count for kind, count in going.items()}
    session.add(night)
    if max(going.values()) >= most:
        _enqueue(session, item, {"run_id": str(night.id)}, now)
        return "goes-on"
    _end(session, night, now)
    take_stock(session)
    _enqueue(session, item, {}, next_run(now))
    return "done"


def newest_runs(session: Session, network_id: UUID, most: int = 5) -> list[RetentionRun]:
    query = in_network(RetentionRun, network_id).order_by(col(RetentionRun.began_at).desc())
    return list(session.exec(query.limit(most)))


def _night(session: Session, item: Item, now: datetime) -> RetentionRun:
    if known := item.payload.get("run_id"):
        return get_row(session, RetentionRun, item.network_id, UUID(known))
    night = RetentionRun(network_id=item.network_id, began_at=now, counts={})
    session.add(night)
    session.flush()
    return night


def _end(session: Session, night: RetentionRun, now: datetime) -> None:
    night.ended_at = now
    if any(night.counts.values()):
        record(
            session,
            night.network_id,
            actor="retention",
            action="retention.run",
            object_id=night.id,
            now=now,
            details=dict(night.counts),
        )


def _enqueue(session: Session, item: Item, payload: dict[str, Any], at: datetime) -> None:
    """One timer, even if a worker whose lease ran out comes by a second time."""
    others = in_network(OutboxItem, item.network_id).where(
        OutboxItem.kind == RUN, col(OutboxItem.done_at).is_(None), OutboxItem.id != item.id
    )
    if session.exec(others).first() is None:
        enqueue(session, item.network_id, RUN, payload, at)
