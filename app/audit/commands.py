"""Writing to the chain, and proving that nothing in it was changed."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.audit.rules import GENESIS, digest_of
from app.db import before_commit, table_of
from app.failpoints import reach
from app.networks.numbers import current_number, next_number

AUDIT_ORDER = 1
# Built once: building a statement takes longer than running it.
DIGEST = select(AuditEntry.digest).where(
    col(AuditEntry.network_id) == bindparam("network"),
    col(AuditEntry.number) == bindparam("number"),
)


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
    session.info.setdefault("audit", []).append(fields)
    before_commit(session, AUDIT_ORDER, "audit", lambda: _append_all(session))


def _append_all(session: Session) -> None:
    """Network by network in key order, so that nobody waits in a circle."""
    pending: list[dict[str, Any]] = session.info.pop("audit")
    by_network = sorted(pending, key=_network_of)
    rows = [
        row
        for network_id, entries in groupby(by_network, _network_of)
        for row in _chained(session, network_id, list(entries))
    ]
    session.connection().execute(insert(table_of(AuditEntry)), rows)
    reach("audit inserted")


def _network_of(fields: dict[str, Any]) -> UUID:
    network_id: UUID = fields["network_id"]
    return network_id


def _chained(
    session: Session, network_id: UUID, entries: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows whose numbers and digests go on where the network's chain ends."""
    first = next_number(session, network_id, "audit", len(entries))
    asked = {"network": network_id, "number": first - 1}
    previous = session.connection().execute(DIGEST, asked).scalar() or GENESIS
    rows = []
    for number, fields in enumerate(entries, first):
        digest = digest_of(previous, _digested(number=number, **fields))
        rows.append({**fields, "number": number, "previous": previous, "digest": digest})
        previous = digest
    return rows


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
    return _digested(**entry.model_dump(exclude={"previous", "digest"}))


def _digested(
    *,
    number: int,
    network_id: UUID,
    at: datetime,
    actor: str,
    action: str,
    object_id: str,
    details: dict[str, Any],
) -> dict[str, Any]:
    """What an entry's digest covers besides the digest before it."""
    return {
        "network": str(network_id),
        "number": number,
        "at": at.isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "object": object_id,
        "details": details,
    }
