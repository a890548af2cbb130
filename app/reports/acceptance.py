"""Accepting reports (protocol A3): once each, in one transaction, whatever the phones repeat.

Many at a time, so that one durable commit serves all who wait for it (docs/adr/0015).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, tuple_
from sqlmodel import Session, col, select

from app.audit.commands import record
from app.db import after_commit, table_of
from app.deliveries.models import OutboxItem
from app.deliveries.waking import wake
from app.ids import new_id
from app.networks.numbers import lock_numbers, next_number
from app.networks.opening_hours import is_open
from app.networks.scope import get_network, in_network
from app.reports.forms import Envelope
from app.reports.models import Report, ReportConflict, receipt_number
from app.reports.receipts import receipt_bytes
from app.reports.senders import Sender, load_senders, note_use
from app.reports.triage import Checklists, Triage, triage_all

# What both databases can hold in any zone; the envelope keeps what the phone's clock said.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)

# Built once: building a statement takes longer than running it.
KNOWN = select(Report.network_id, Report.id, Report.fingerprint, Report.receipt).where(
    tuple_(col(Report.network_id), col(Report.id)).in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One envelope as it came, the phone whose credential came with it, and the badge it names."""

    network_id: UUID
    device_id: UUID
    raw: bytes
    envelope: Envelope
    fingerprint: str
    badge_code: str | None

    @property
    def key(self) -> tuple[UUID, UUID]:
        return self.network_id, self.envelope.report_id


@dataclass(frozen=True, slots=True)
class Acceptance:
    """201 for the first time, 200 for the same bytes again, 409 for other bytes under the id,
    401 for a phone that we don't know (any more)."""

    status: int
    receipt: bytes
    report_id: UUID


Key = tuple[UUID, UUID]


def accept_all(
    session: Session, checklists: Checklists, submissions: Sequence[Submission], now: datetime
) -> list[Acceptance]:
    """One verdict per submission, in their order. Business validation never refuses a phone we
    know: what is odd is flagged."""
    lock_numbers(session, {one.network_id for one in submissions}, "receipt")
    senders = load_senders(session, [(one.network_id, one.device_id) for one in submissions])
    known = _already_here(session, submissions)
    fresh: dict[Key, tuple[Submission, Sender]] = {}
    for one in submissions:
        sender = senders.find((one.network_id, one.device_id), one.badge_code)
        if sender and one.key not in known:
            fresh.setdefault(one.key, (one, sender))
    known |= _insert(session, checklists, list(fresh.values()), now)
    first = {id(one) for one, _ in fresh.values()}
    return [
        _verdict(session, one, id(one) in first, known.get(one.key), now) for one in submissions
    ]


def _already_here(
    session: Session, submissions: Sequence[Submission]
) -> dict[Key, tuple[str, bytes]]:
    """Fingerprint and receipt of those whose id the server has."""
    keys = {"keys": [one.key for one in submissions]}
    return {(row[0], row[1]): (row[2], row[3]) for row in session.connection().execute(KNOWN, keys)}


def _verdict(
    session: Session,
    one: Submission,
    is_first: bool,
    known: tuple[str, bytes] | None,
    now: datetime,
) -> Acceptance:
    report_id = one.envelope.report_id
    if known is None:
        return Acceptance(401, b"", report_id)
    fingerprint, receipt = known
    if fingerprint == one.fingerprint:
        return Acceptance(201 if is_first else 200, receipt, report_id)
    _keep_in_quarantine(session, one, now)
    return Acceptance(409, b"", report_id)


def _keep_in_quarantine(session: Session, one: Submission, now: datetime) -> None:
    """Other bytes under a known id are kept once, for a person to look at."""
    twin = in_network(ReportConflict, one.network_id).where(
        ReportConflict.report_id == one.envelope.report_id,
        ReportConflict.fingerprint == one.fingerprint,
    )
    if session.exec(twin).first() is None:
        session.add(
            ReportConflict(
                network_id=one.network_id,
                report_id=one.envelope.report_id,
                fingerprint=one.fingerprint,
                envelope=one.raw,
                received_at=now,
            )
        )
        session.flush()


def _insert(
    session: Session,
    checklists: Checklists,
    fresh: Sequence[tuple[Submission, Sender]],
    now: datetime,
) -> dict[Key, tuple[str, bytes]]:
    """Report, outbox row and audit entry of each; then what was used is noted."""
    if not fresh:
        return {}
    networks = [one.network_id for one, _ in fresh]
    open_now = {one: is_open(get_network(session, one).hours, now) for one in set(networks)}
    found = triage_all(session, checklists, [(sender, one.envelope) for one, sender in fresh], now)
    rows = [
        _row(one, sender, triage, seq, open_now[one.network_id], now)
        for (one, sender), triage, seq in zip(
            fresh, found, _numbers(session, networks), strict=True
        )
    ]
    connection = session.connection()
    connection.execute(insert(table_of(Report)), rows)
    connection.execute(insert(table_of(OutboxItem)), [_arrival(row, now) for row in rows])
    after_commit(session, wake)
    for row in rows:
        details = {"no": receipt_number(row["seq"]), "urgency": row["urgency"]}
        record(
            session,
            row["network_id"],
            actor=f"phone:{row['device_id']}",
            action="report.create",
            object_id=row["id"],
            now=now,
            details=details,
        )
    note_use(session, [sender for _, sender in fresh], now)
    return {(row["network_id"], row["id"]): (row["fingerprint"], row["receipt"]) for row in rows}


def _numbers(session: Session, networks: Sequence[UUID]) -> list[int]:
    """A fresh receipt number for each, taken per network at once."""
    following = {
        network: next_number(session, network, "receipt", count)
        for network, count in sorted(Counter(networks).items())
    }
    numbers = []
    for network in networks:
        numbers.append(following[network])
        following[network] += 1
    return numbers


def _row(
    one: Submission, sender: Sender, found: Triage, seq: int, open_now: bool, now: datetime
) -> dict[str, Any]:
    envelope = one.envelope
    return {
        "network_id": one.network_id,
        "id": envelope.report_id,
        "seq": seq,
        "fingerprint": one.fingerprint,
        "envelope": one.raw,
        "receipt": receipt_bytes(envelope.report_id, one.fingerprint, seq, now),
        "device_id": one.device_id,
        "badge_id": sender.badge_id,
        "workplace_id": sender.workplace_id,
        "industry": sender.industry,
        "checklist_version": envelope.checklist.version,
        "items": envelope.items,
        "answers": envelope.answers,
        "category": found.category,
        "headline": found.headline,
        "urgency": found.urgency,
        "rank": found.rank,
        "flags": found.flags,
        "has_note": envelope.sealed is not None,
        "device_seq": envelope.device_seq,
        "client_at": min(max(envelope.client_at, EARLIEST), LATEST),
        "received_at": now,
        "received_open": open_now,
    }


def _arrival(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The outbox row that tells the centre."""
    return {
        "network_id": row["network_id"],
        "id": new_id(),
        "kind": "report.arrived",
        "payload": {"report_id": str(row["id"])},
        "due_at": now,
        "attempts": 0,
        "outcome": "",
    }
