"""サインインの履歴: who came in when and how, from the audit chain. Newest first, page by page."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.staff.models import Staff

PAGE = 50


@dataclass(frozen=True)
class SignIns:
    entries: list[AuditEntry]
    before: int | None
    """The number to go on from; None at the end."""


def sign_ins(
    session: Session, network_id: UUID, staff: Staff | None = None, before: int | None = None
) -> SignIns:
    query = select(AuditEntry).where(
        AuditEntry.network_id == network_id, AuditEntry.action == "staff.sign_in"
    )
    if staff:
        query = query.where(AuditEntry.object_id == str(staff.id))
    if before is not None:
        query = query.where(col(AuditEntry.number) < before)
    found = list(session.exec(query.order_by(col(AuditEntry.number).desc()).limit(PAGE + 1)))
    return SignIns(found[:PAGE], found[PAGE - 1].number if len(found) > PAGE else None)
