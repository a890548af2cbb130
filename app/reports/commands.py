"""Accepting one report inside a transaction that does more, such as pairing the phone first."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.errors import N_, DomainError, Invalid, NotFound, UnknownDevice
from app.reports.acceptance import Acceptance, accept_all
from app.reports.models import Report
from app.reports.receipts import Receipts
from app.reports.submissions import read_submission
from app.reports.triage import Checklists
from app.reports.turns import take_turns
from app.web.access import PhoneActor


class AlreadyOther(DomainError):
    """The id is taken by different bytes. Both are kept; the second waits for a person."""

    status = 409
    problem = "report-differs"


def accept_report(
    session: Session,
    receipts: Receipts,
    phone: PhoneActor,
    raw: bytes,
    *,
    badge_code: str | None,
    now: datetime,
    flags: tuple[str, ...] = (),
) -> Acceptance:
    """Raises UnknownDevice for a phone that speaks for no badge, or was revoked, and Invalid for
    what was made in a drill: only its own phone brings that."""
    submission = read_submission(phone, raw, badge_code, flags=flags)
    if submission.envelope.drill:
        raise Invalid(N_("訓練の報告です。ここでは受け付けません。"))
    turns = take_turns(session, {phone.network_id})
    (verdict,) = accept_all(session, Checklists(), receipts, turns, [submission], now)
    if verdict.status == 401:
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))
    return verdict


def get_report(session: Session, network_id: UUID, report_id: UUID) -> Report:
    if report := session.get(Report, (network_id, report_id)):
        return report
    raise NotFound(N_("この報告は見つかりません。"))
