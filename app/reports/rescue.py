"""救出: a report that came past the network, by a tablet's camera or by telephone."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.badges.commands import register_device
from app.badges.models import Badge, Pairing
from app.checklists.queries import current_checklist
from app.networks.scope import get_row, in_network
from app.organizations.models import Workplace
from app.reports.acceptance import Acceptance
from app.reports.commands import accept_report
from app.reports.forms import check_number, read_envelope
from app.reports.models import Report
from app.reports.receipts import Receipts
from app.web.access import PhoneActor, StaffActor

RECENT = 30


def rescue_report(
    session: Session,
    receipts: Receipts,
    badge: Badge,
    raw: bytes,
    actor: StaffActor,
    *,
    flag: str,
    now: datetime,
) -> tuple[UUID, Acceptance]:
    """File it under this badge; what the server has already is answered as to the phone itself.

    Raises NotAnEnvelope or TooLarge.
    """
    report_id = read_envelope(raw).report_id
    known = session.get(Report, (badge.network_id, report_id))
    device_id = known.device_id if known else stand_in(session, badge, now)
    phone = PhoneActor(badge.network_id, device_id)
    verdict = accept_report(
        session, receipts, phone, raw, badge_code=badge.code, now=now, flags=(flag,)
    )
    record(
        session,
        badge.network_id,
        actor=f"staff:{actor.id}",
        action=f"report.{flag}",
        object_id=report_id,
        now=now,
        details={"badge": badge.number, "status": verdict.status},
    )
    return report_id, verdict


def stand_in(session: Session, badge: Badge, now: datetime) -> UUID:
    """A device for the phone that we can't know from here. It speaks for the badge this once."""
    device = register_device(session, badge.network_id, "ja", now)
    session.add(
        Pairing(
            network_id=badge.network_id,
            device_id=device.id,
            badge_id=badge.id,
            agreed_version=0,
            agreed_language="ja",
            has_inbox=True,
            paired_at=now,
            ended_at=now,
        )
    )
    session.flush()
    return device.id


def envelope_heard(
    session: Session, badge: Badge, report_id: UUID, items: list[str], check: str, at: datetime
) -> bytes:
    """What was read out by telephone, in the form a phone would have written it."""
    place = get_row(session, Workplace, badge.network_id, badge.workplace_id)
    checklist = current_checklist(session, badge.network_id, place.industry)
    envelope: dict[str, Any] = {
        "v": 1,
        "report_id": str(report_id),
        "device_seq": 0,
        "checklist": {"id": checklist.document["id"], "version": checklist.version},
        "items": items,
        "answers": {"check": check} if check else {},
        "client_at": at.isoformat(timespec="milliseconds"),
        "corrects": None,
        "sealed": None,
    }
    return json.dumps(envelope, separators=(",", ":")).encode()


def check_of(report: Report) -> str:
    """What was read out, or for a report that arrived itself what its phone shows."""
    if "phoned" not in report.flags:
        return check_number(report.fingerprint)
    heard = str(report.answers.get("check", ""))
    return f"{heard[:3]}-{heard[3:]}" if heard else ""


def twins_of(session: Session, report: Report) -> list[Report]:
    """The call that told of this report, or the report that a call told of."""
    query = in_network(Report, report.network_id).where(
        Report.badge_id == report.badge_id, Report.id != report.id
    )
    recent = session.exec(query.order_by(col(Report.seq).desc()).limit(RECENT))
    check, phoned = check_of(report), "phoned" in report.flags
    return [
        one
        for one in recent
        if check and check_of(one) == check and ("phoned" in one.flags) != phoned
    ]
