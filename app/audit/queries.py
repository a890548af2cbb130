"""Reading the chain: filtered, newest first, page by page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.models import AuditEntry
from app.clock import TOKYO


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
    query = _narrowed(select(AuditEntry).where(AuditEntry.network_id == network_id), wanted)
    return list(session.exec(query.order_by(col(AuditEntry.number).desc()).limit(at_most)))


def _narrowed(query: SelectOfScalar[AuditEntry], wanted: EntryFilter) -> SelectOfScalar[AuditEntry]:
    if wanted.since:
        query = query.where(col(AuditEntry.at) >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(col(AuditEntry.at) < _midnight(wanted.until) + timedelta(days=1))
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


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), TOKYO)
