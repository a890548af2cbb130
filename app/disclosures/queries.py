"""Requests of a report, and those that a phone was asked. Where the network has personal data
switched off, there is nothing to be found."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.disclosures.models import Disclosure
from app.disclosures.rules import Ground, grounds_for
from app.errors import N_, DomainError, NotFound
from app.instructions.models import Instruction
from app.instructions.queries import get_own_instruction
from app.networks.models import Network
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import Report
from app.web.access import PhoneActor


class Gone(DomainError):
    """It was to be had once, and for a time."""

    status = 410
    problem = "gone"


def check_switched_on(session: Session, network_id: UUID) -> None:
    """Raises NotFound where personal data is switched off."""
    if not get_network(session, network_id).personal_data:
        raise NotFound(N_("見つかりません。"))


def hold_switched_on(session: Session, network_id: UUID) -> None:
    """Until this transaction ends nobody switches it off. Raises NotFound once somebody did."""
    is_on = select(Network.personal_data).where(Network.id == network_id)
    if not session.exec(is_on.with_for_update(read=True)).one():
        raise NotFound(N_("見つかりません。"))


def disclosures_of(session: Session, report: Report) -> list[Disclosure] | None:
    """The newest first; None where personal data is switched off."""
    if not get_network(session, report.network_id).personal_data:
        return None
    query = in_network(Disclosure, report.network_id).where(Disclosure.report_id == report.id)
    return list(session.exec(query.order_by(col(Disclosure.asked_at).desc())))


def get_disclosure(session: Session, network_id: UUID, disclosure_id: UUID) -> Disclosure:
    check_switched_on(session, network_id)
    return get_row(session, Disclosure, network_id, disclosure_id)


def allowed_grounds(session: Session, report: Report) -> tuple[Ground, ...]:
    """By what the organization behind the report's badge is today."""
    badge = get_row(session, Badge, report.network_id, report.badge_id)
    return () if badge.is_stopped else grounds_for(holder_of(session, badge).organization.standing)


def get_asked(
    session: Session, phone: PhoneActor, instruction_id: UUID, now: datetime
) -> tuple[Disclosure, Instruction]:
    """What this very phone was asked. Raises NotFound for every other one, and Gone once it was
    answered, was taken back, ran out, or may not be asked any more."""
    check_switched_on(session, phone.network_id)
    instruction = get_own_instruction(session, phone, instruction_id, now)
    found = session.exec(
        in_network(Disclosure, phone.network_id).where(Disclosure.instruction_id == instruction.id)
    ).first()
    if found is None or str(phone.device_id) not in found.device_ids:
        raise NotFound(N_("この指示は見つかりません。"))
    if found.answered_at:
        raise Gone(N_("もう送られています。送った内容は、この端末には残っていません。"))
    if found.expires_at <= now or instruction.is_withdrawn or instruction.cancelled_at:
        raise Gone(N_("この求めは終わりました。答えなくてかまいません。"))
    report = get_row(session, Report, phone.network_id, found.report_id)
    if found.ground not in allowed_grounds(session, report):
        raise Gone(N_("この求めは終わりました。答えなくてかまいません。"))
    return found, instruction
