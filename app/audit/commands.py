"""Writing to the chain, and proving that nothing in it was changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.audit.rules import GENESIS, digest_of
from app.db import before_commit
from app.networks.numbers import current_number, next_number

AUDIT_ORDER = 1


def record(
    session: Session,
    network_id: UUID,
    *,
    actor: str,
    action: str,
    object_id: object,
    now: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    """Add an entry at the end of the caller's transaction. Details are coarse: no free text."""
    fields = {
        "network_id": network_id,
        "at": now,
        "actor": actor,
        "action": action,
        "object_id": str(object_id),
        "details": details or {},
    }
    before_commit(session, AUDIT_ORDER, object(), lambda: _append(session, fields))


def _append(session: Session, fields: dict[str, Any]) -> None:
    network_id = fields["network_id"]
    number = next_number(session, network_id, "audit")
    before = session.get(AuditEntry, (network_id, number - 1))
    previous = before.digest if before else GENESIS
    entry = AuditEntry(number=number, previous=previous, digest="", **fields)
    entry.digest = digest_of(previous, _fields(entry))
    session.add(entry)
    session.flush()


def first_broken(session: Session, network_id: UUID) -> int | None:
    """Number of the first entry that doesn't follow from the one before; None: the chain holds."""
    last = current_number(session, network_id, "audit")
    query = select(AuditEntry).where(AuditEntry.network_id == network_id)
    expected, previous = 1, GENESIS
    for entry in session.exec(query.order_by(col(AuditEntry.number))):
        sound = (entry.number, entry.previous) == (expected, previous)
        if not sound or entry.digest != digest_of(previous, _fields(entry)):
            return entry.number
        expected, previous = expected + 1, entry.digest
    return None if last < expected else expected


def _fields(entry: AuditEntry) -> dict[str, Any]:
    return {
        "network": str(entry.network_id),
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "object": entry.object_id,
        "details": entry.details,
    }
