"""Accepting what phones report in a drill: as safely as a real report, and beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.audit.commands import record
from app.deliveries.outbox import enqueue
from app.deliveries.pulse import bump
from app.drills.models import Drill, DrillPhone, DrillReport
from app.drills.queries import find_phone_of_drill
from app.drills.rules import KEPT
from app.errors import N_, UnknownDevice
from app.networks.numbers import next_number, reach_number
from app.networks.scope import in_network
from app.reports.acceptance import Acceptance
from app.reports.receipts import Receipt, Receipts, drill_number
from app.reports.senders import Sender, load_senders
from app.reports.submissions import Submission, read_submission
from app.reports.triage import Checklists, triage
from app.reports.turns import take_turns
from app.web.access import PhoneActor

FORGET = "drill.forget"


def accept_drills(
    session: Session,
    checklists: Checklists,
    receipts: Receipts,
    submissions: Sequence[Submission],
    now: datetime,
) -> list[Acceptance]:
    """One verdict each, during turns of their networks. Like real ones they are never refused for
    what they say: one whose drill is over is kept all the same."""
    senders = load_senders(session, [one.device for one in submissions])
    return [
        _accept(session, checklists, receipts, one, senders.find(one.device, one.badge_code), now)
        for one in submissions
    ]


def accept_drill_report(
    session: Session, receipts: Receipts, phone: PhoneActor, raw: bytes, now: datetime
) -> None:
    """One from a plain form. Raises UnknownDevice for a phone that speaks for no badge."""
    take_turns(session, {phone.network_id})
    submission = read_submission(phone, raw, None)
    (verdict,) = accept_drills(session, Checklists(), receipts, [submission], now)
    if verdict.status == 401:
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))


def _accept(
    session: Session,
    checklists: Checklists,
    receipts: Receipts,
    one: Submission,
    sender: Sender | None,
    now: datetime,
) -> Acceptance:
    report_id, status = one.envelope.report_id, 200
    known = session.get(DrillReport, (one.network_id, report_id))
    if known is None:
        if sender is None:
            return Acceptance(401, b"", report_id)
        known, status = _keep(session, checklists, receipts, one, sender, now), 201
    if known.fingerprint != one.fingerprint:
        return Acceptance(409, b"", report_id)
    return Acceptance(status, known.receipt, report_id)


def _keep(
    session: Session,
    checklists: Checklists,
    receipts: Receipts,
    one: Submission,
    sender: Sender,
    now: datetime,
) -> DrillReport:
    envelope = one.envelope
    drill = session.get(Drill, (one.network_id, envelope.drill))
    receipt = _held(session, receipts, one) or Receipt(
        envelope.report_id,
        one.fingerprint,
        next_number(session, one.network_id, "drill"),
        now,
        is_drill=True,
    )
    found = triage(session, checklists, sender, envelope, now)
    report = DrillReport(
        network_id=one.network_id,
        id=envelope.report_id,
        drill_id=drill.id if drill else None,
        seq=receipt.seq,
        fingerprint=one.fingerprint,
        envelope=one.raw,
        receipt=receipts.write(one.network_id, receipt),
        device_id=sender.device_id,
        badge_id=sender.badge_id,
        workplace_id=sender.workplace_id,
        industry=sender.industry,
        checklist_version=envelope.checklist.version,
        items=envelope.items,
        headline=found.headline,
        urgency=found.urgency,
        received_at=receipt.received_at,
    )
    session.add(report)
    session.flush()
    _note(session, drill, report, now)
    return report


def _held(session: Session, receipts: Receipts, one: Submission) -> Receipt | None:
    """The receipt that came along after a restore, if it is ours and its number is still free."""
    receipt = receipts.read(one.network_id, one.held) if one.held else None
    if receipt is None or (receipt.report_id, receipt.fingerprint) != one.identity:
        return None
    taken = in_network(DrillReport, one.network_id).where(DrillReport.seq == receipt.seq)
    if not receipt.is_drill or session.exec(taken).first():
        return None
    reach_number(session, one.network_id, "drill", receipt.seq)
    return receipt


def _note(session: Session, drill: Drill | None, report: DrillReport, now: datetime) -> None:
    """Who took part; what the chain says; and for one without a drill, when it is forgotten."""
    network_id = report.network_id
    if drill is None:
        enqueue(session, network_id, FORGET, {"report_id": str(report.id)}, now + KEPT)
    elif find_phone_of_drill(session, drill, report.device_id) is None:
        session.add(_late_phone(drill, report))
    details: dict[str, Any] = {"no": drill_number(report.seq)}
    record(
        session,
        network_id,
        actor=f"phone:{report.device_id}",
        action="drill.report",
        object_id=report.id,
        now=now,
        details=details,
    )
    bump(session, network_id)


def _late_phone(drill: Drill, report: DrillReport) -> DrillPhone:
    """One that was paired after the start."""
    return DrillPhone(
        network_id=drill.network_id,
        drill_id=drill.id,
        device_id=report.device_id,
        workplace_id=report.workplace_id,
    )
