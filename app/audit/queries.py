"""Reading the chain: filtered, newest first, page by page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.models import AuditEntry
from app.clock import TOKYO
from app.networks.numbers import first_number_since

OUT_OF_ORDER = 1_000
"""By so many numbers at most, entries stand in another order than that of their instants: those of
transactions that went on beside each other."""


@dataclass(frozen=True)
class EntryFilter:
    """Empty means all. Days are whole days in Asia/Tokyo, the last one included."""

    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    object_id: str = ""
    before: int | None = None


def entries(
    session: Session, network_id: UUID, wanted: EntryFilter, at_most: int
) -> list[AuditEntry]:
    every = select(AuditEntry).where(AuditEntry.network_id == network_id)
    query = _on_days(session, every, _narrowed(every, wanted), wanted)
    return list(session.exec(query.order_by(col(AuditEntry.number).desc()).limit(at_most)))


def _narrowed(query: SelectOfScalar[AuditEntry], wanted: EntryFilter) -> SelectOfScalar[AuditEntry]:
    if wanted.actor == "phone":
        query = query.where(col(AuditEntry.actor).startswith("phone:"))
    elif wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.object_id:
        query = query.where(AuditEntry.object_id == wanted.object_id)
    if wanted.before is not None:
        query = query.where(col(AuditEntry.number) < wanted.before)
    return query


def _on_days(
    session: Session,
    every: SelectOfScalar[AuditEntry],
    query: SelectOfScalar[AuditEntry],
    wanted: EntryFilter,
) -> SelectOfScalar[AuditEntry]:
    """Numbers lead to a day, whatever came before and after it."""
    number, at = col(AuditEntry.number), col(AuditEntry.at)
    if wanted.since:
        begins = _midnight(wanted.since)
        first = first_number_since(session, every, number, at, begins)
        query = query.where(at >= begins, number >= first - OUT_OF_ORDER)
    if wanted.until:
        ends = _midnight(wanted.until) + timedelta(days=1)
        first = first_number_since(session, every, number, at, ends)
        query = query.where(at < ends, number < first + OUT_OF_ORDER)
    return query


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), TOKYO)
