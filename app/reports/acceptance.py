"""Accepting reports (protocol A3): once each, in one transaction, whatever the phones repeat.

Many at a time, so that one durable commit serves all who wait for it (docs/adr/0015).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from app.audit.commands import record
from app.db import after_commit, table_of
from app.deliveries.models import OutboxItem
from app.deliveries.waking import wake
from app.failpoints import reach
from app.ids import new_id
from app.networks.opening_hours import is_open
from app.reports.arrival import arrival_flags
from app.reports.forms import shown_time
from app.reports.known import Key, Known, already_here, hand_over
from app.reports.models import Report, receipt_number
from app.reports.numbering import Numbered, number_all
from app.reports.quarantine import keep_in_quarantine
from app.reports.receipts import Receipts
from app.reports.senders import Sender, load_senders, note_use
from app.reports.submissions import Submission
from app.reports.triage import Checklists, Triage, triage_all
from app.reports.turns import Turns


@dataclass(frozen=True, slots=True)
class Acceptance:
    """201 for the first time, 200 for the same bytes again, 409 for other bytes under the id,
    401 for a phone that we don't know (any more)."""

    status: int
    receipt: bytes
    report_id: UUID


Sent = tuple[Submission, Sender]


def accept_all(
    session: Session,
    checklists: Checklists,
    receipts: Receipts,
    turns: Turns,
    submissions: Sequence[Submission],
    now: datetime,
) -> list[Acceptance]:
    """One verdict per submission, in their order, during turns of all their networks. Business
    validation never refuses a phone we know: what is odd is flagged."""
    sent = _with_senders(session, submissions)
    known = already_here(session, submissions)
    if hand_over(session, known, [pair for pair in sent if pair[0].key in known], now):
        sent = _with_senders(session, submissions)
    fresh: dict[Key, Sent] = {}
    for one, sender in sent:
        if one.key not in known:
            fresh.setdefault(one.key, (one, sender))
    known |= _insert(session, checklists, receipts, turns, list(fresh.values()), now)
    first = {id(one) for one, _ in fresh.values()}
    return [
        _verdict(session, one, id(one) in first, known.get(one.key), now) for one in submissions
    ]


def _with_senders(session: Session, submissions: Sequence[Submission]) -> list[Sent]:
    """Those that come from phones we know."""
    senders = load_senders(session, [one.device for one in submissions])
    found = [(one, senders.find(one.device, one.badge_code)) for one in submissions]
    return [(one, sender) for one, sender in found if sender]


def _verdict(
    session: Session,
    one: Submission,
    is_first: bool,
    known: Known | None,
    now: datetime,
) -> Acceptance:
    report_id = one.envelope.report_id
    if known is None:
        return Acceptance(401, b"", report_id)
    if known.fingerprint == one.fingerprint:
        return Acceptance(201 if is_first else 200, known.receipt, report_id)
    if not known.is_past:
        keep_in_quarantine(session, one, now)
    return Acceptance(409, b"", report_id)


def _insert(
    session: Session,
    checklists: Checklists,
    receipts: Receipts,
    turns: Turns,
    fresh: Sequence[Sent],
    now: datetime,
) -> dict[Key, Known]:
    """Report, outbox row and audit entry of each; then what was used is noted."""
    if not fresh:
        return {}
    numbered = number_all(session, receipts, [one for one, _ in fresh], now)
    flags = arrival_flags(session, fresh, numbered, now)
    found = triage_all(session, checklists, [(sender, one.envelope) for one, sender in fresh], now)
    was_open = _opening(turns, fresh, numbered)
    rows = [
        _row(one, sender, triage, given, flags[one.key], is_open_then)
        for (one, sender), triage, given, is_open_then in zip(
            fresh, found, numbered, was_open, strict=True
        )
    ]
    connection = session.connection()
    connection.execute(insert(table_of(Report)), rows)
    reach("report inserted")
    connection.execute(insert(table_of(OutboxItem)), [_arrival(row, now) for row in rows])
    reach("outbox inserted")
    after_commit(session, wake)
    for row, given in zip(rows, numbered, strict=True):
        _note_arrival(session, row, given, now)
    note_use(session, [sender for _, sender in fresh], now)
    return {
        (row["network_id"], row["id"]): Known(row["fingerprint"], row["receipt"], row["device_id"])
        for row in rows
    }


def _opening(turns: Turns, fresh: Sequence[Sent], numbered: Sequence[Numbered]) -> list[bool]:
    """Whether the centre was open when each came; looked up once for those of one moment."""
    moments = [
        (one.network_id, given.receipt.received_at)
        for (one, _), given in zip(fresh, numbered, strict=True)
    ]
    known = {(network, at): is_open(turns[network].hours, at) for network, at in set(moments)}
    return [known[moment] for moment in moments]


def _note_arrival(session: Session, row: dict[str, Any], given: Numbered, now: datetime) -> None:
    details = {"no": receipt_number(row["seq"]), "urgency": row["urgency"]}
    record(
        session,
        row["network_id"],
        actor=f"phone:{row['device_id']}",
        action="report.create",
        object_id=row["id"],
        now=now,
        details=details | ({"restored": True} if given.restored else {}),
    )


def _row(
    one: Submission,
    sender: Sender,
    found: Triage,
    given: Numbered,
    flags: Sequence[str],
    is_open_then: bool,
) -> dict[str, Any]:
    envelope = one.envelope
    return {
        "network_id": one.network_id,
        "id": envelope.report_id,
        "seq": given.receipt.seq,
        "fingerprint": one.fingerprint,
        "envelope": one.raw,
        "receipt": given.raw,
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
        "flags": [*found.flags, *flags],
        "has_note": envelope.sealed is not None,
        "device_seq": envelope.device_seq,
        "client_at": shown_time(envelope.client_at),
        "received_at": given.receipt.received_at,
        "received_open": is_open_then,
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
