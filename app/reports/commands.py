"""Accepting one report inside a transaction that does more, such as pairing the phone first."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.errors import N_, DomainError, NotFound, UnknownDevice
from app.reports.acceptance import Acceptance, Submission, accept_all
from app.reports.forms import fingerprint, read_envelope
from app.reports.models import Report
from app.reports.triage import Checklists
from app.web.access import PhoneActor


class AlreadyOther(DomainError):
    """The id is taken by different bytes. Both are kept; the second waits for a person."""

    status = 409
    problem = "report-differs"


def read_submission(phone: PhoneActor, raw: bytes, badge_code: str | None) -> Submission:
    """Raises NotAnEnvelope or TooLarge."""
    envelope = read_envelope(raw)
    return Submission(
        phone.network_id, phone.device_id, raw, envelope, fingerprint(raw), badge_code
    )


def accept_report(
    session: Session, phone: PhoneActor, raw: bytes, *, badge_code: str | None, now: datetime
) -> Acceptance:
    """Raises UnknownDevice for a phone that speaks for no badge, or was revoked."""
    (verdict,) = accept_all(session, Checklists(), [read_submission(phone, raw, badge_code)], now)
    if verdict.status == 401:
        raise UnknownDevice(N_("名札をもう一度読み取ってください。"))
    return verdict


def get_report(session: Session, network_id: UUID, report_id: UUID) -> Report:
    if report := session.get(Report, (network_id, report_id)):
        return report
    raise NotFound(N_("この報告は見つかりません。"))
