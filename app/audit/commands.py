"""Writing to the chain, and proving that nothing in it was changed."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby, takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.audit.rules import GENESIS, digest_of
from app.db import before_commit, table_of
from app.failpoints import reach
from app.networks.numbers import current_number, next_number

AUDIT_ORDER = 1
CUT = "audit.cut"
READ_AT_ONCE = 1_000
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
    """Number of the first entry that doesn't follow from the one before; None: the chain holds.

    It may begin late, where one of its entries says that what was before is gone (`cut_off`).
    """
    last = current_number(session, network_id, "audit")
    query = select(AuditEntry).where(AuditEntry.network_id == network_id)
    in_order = query.order_by(col(AuditEntry.number)).execution_options(yield_per=READ_AT_ONCE)
    with session.exec(in_order) as chain:
        return _first_break(chain, last)


def _first_break(chain: Iterable[AuditEntry], last: int) -> int | None:
    expected, previous = 1, GENESIS
    begins = (0, GENESIS)
    vouched: set[tuple[Any, Any]] = {begins}
    for entry in chain:
        if expected == 1 and entry.number > 1:
            begins = (entry.number - 1, entry.previous)
            expected, previous = entry.number, entry.previous
        if entry.action == CUT:
            vouched.add((entry.details.get("through"), entry.details.get("digest")))
        sound = (entry.number, entry.previous) == (expected, previous)
        if not sound or entry.digest != digest_of(previous, _fields(entry)):
            return entry.number
        expected, previous = expected + 1, entry.digest
    if begins not in vouched:
        return 1
    return None if last < expected else expected


def cut_off(session: Session, network_id: UUID, before: datetime, most: int, now: datetime) -> int:
    """Let go of the oldest entries, as far as they are older than that, and say so at the other
    end: an entry of the chain itself names the last number that is gone and its digest, so that
    what is left still proves that nothing else is missing. The newest stays. Returns how many."""
    newest = current_number(session, network_id, "audit")
    old = (
        select(AuditEntry)
        .where(AuditEntry.network_id == network_id)
        .where(col(AuditEntry.number) < newest)
        .order_by(col(AuditEntry.number))
        .limit(most)
    )
    going = list(takewhile(lambda entry: entry.at < before, session.exec(old)))
    if not going:
        return 0
    last = going[-1]
    session.execute(
        delete(AuditEntry).where(
            col(AuditEntry.network_id) == network_id, col(AuditEntry.number) <= last.number
        )
    )
    details = {"through": last.number, "digest": last.digest, "count": len(going)}
    record(
        session,
        network_id,
        actor="retention",
        action=CUT,
        object_id=network_id,
        now=now,
        details=details,
    )
    return len(going)


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
