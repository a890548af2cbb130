"""How deliveries fare in one network: what doesn't get through, and since when."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import Session, col, func
from sqlmodel.sql.expression import SelectOfScalar

from app.badges.models import Device
from app.badges.queries import inbox_phones
from app.deliveries.circuit import open_circuits
from app.deliveries.models import Mail, OutboxItem, PushCircuit, Subscription
from app.deliveries.reachability import SILENT, Reach, why_not
from app.networks.scope import in_network

LATE = timedelta(minutes=5)
SLOW_LETTER = timedelta(minutes=15)
LATELY = timedelta(days=30)
SHOWN = 50


@dataclass(frozen=True)
class DeliveryHealth:
    """Lists hold 50 at most; `silent_count` and `mute` count all. `mute`: why phones with an inbox
    can't be pushed to, in phones. `ended`: subscriptions ended within 30 days, by reason."""

    silent: list[Device]
    silent_count: int
    mute: dict[Reach, int]
    ended: dict[str, int]
    circuits: list[PushCircuit]
    refused_letters: list[Mail]
    waiting_letters: list[Mail]
    overdue: int
    oldest_due_at: datetime | None


def health_of(session: Session, network_id: UUID, now: datetime) -> DeliveryHealth:
    silent = inbox_phones(network_id).where(
        col(Device.last_heard_at) < now - SILENT, col(Device.id).in_(_subscribed(network_id))
    )
    refused, waiting = _letters(session, network_id, now)
    overdue, oldest = _outbox(session, network_id, now)
    return DeliveryHealth(
        silent=list(session.exec(silent.order_by(col(Device.last_heard_at)).limit(SHOWN))),
        silent_count=_count(session, silent),
        mute=_mute(session, network_id),
        ended=_ended(session, network_id, now),
        circuits=open_circuits(session, network_id),
        refused_letters=refused,
        waiting_letters=waiting,
        overdue=overdue,
        oldest_due_at=oldest,
    )


def mute_phones(session: Session, network_id: UUID) -> list[Device]:
    """Phones with an inbox and without a live subscription, those heard from last first."""
    query = inbox_phones(network_id).where(col(Device.id).not_in(_subscribed(network_id)))
    return list(session.exec(query.order_by(col(Device.last_heard_at).desc()).limit(SHOWN)))


def _subscribed(network_id: UUID) -> Select[Any]:
    live = in_network(Subscription, network_id).where(col(Subscription.ended_at).is_(None))
    return live.with_only_columns(col(Subscription.device_id))


def _count(session: Session, query: SelectOfScalar[Device]) -> int:
    ids = query.with_only_columns(func.count(col(Device.id).distinct())).order_by(None)
    return int(session.execute(ids).scalar_one())


def _mute(session: Session, network_id: UUID) -> dict[Reach, int]:
    kinds = (col(Device.permission), col(Device.platform), col(Device.is_installed))
    query = (
        inbox_phones(network_id)
        .where(col(Device.id).not_in(_subscribed(network_id)))
        .with_only_columns(*kinds, func.count(col(Device.id).distinct()))
        .group_by(*kinds)
    )
    counts = Counter[Reach]()
    for *told, count in session.execute(query):
        counts[why_not(*told)] += count
    return dict(counts)


def _ended(session: Session, network_id: UUID, now: datetime) -> dict[str, int]:
    reason = col(Subscription.end_reason)
    query = (
        in_network(Subscription, network_id)
        .where(col(Subscription.ended_at) >= now - LATELY, reason.in_(("gone", "refused")))
        .with_only_columns(reason, func.count())
        .group_by(reason)
    )
    return {str(row[0]): int(row[1]) for row in session.execute(query)}


def _letters(session: Session, network_id: UUID, now: datetime) -> tuple[list[Mail], list[Mail]]:
    recent = in_network(Mail, network_id).where(col(Mail.created_at) >= now - LATELY)
    newest = recent.order_by(col(Mail.created_at).desc()).limit(SHOWN)
    refused = newest.where(col(Mail.failed_at).is_not(None))
    waiting = newest.where(
        col(Mail.failed_at).is_(None),
        col(Mail.accepted_at).is_(None),
        col(Mail.created_at) < now - SLOW_LETTER,
    )
    return list(session.exec(refused)), list(session.exec(waiting))


def _outbox(session: Session, network_id: UUID, now: datetime) -> tuple[int, datetime | None]:
    late = in_network(OutboxItem, network_id).where(
        col(OutboxItem.done_at).is_(None), col(OutboxItem.due_at) < now - LATE
    )
    count, oldest = session.execute(
        late.with_only_columns(func.count(), func.min(col(OutboxItem.due_at)))
    ).one()
    return count, oldest
