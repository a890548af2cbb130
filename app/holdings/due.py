"""What was kept long enough, kind by kind: the same question counts it beforehand and finds it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast
from sqlmodel import Session, col, func, or_, select

from app.audit.models import AuditEntry
from app.badges.models import Agreement, Badge, Device
from app.clock import TOKYO
from app.deliveries.models import Message, OutboxItem, Subscription
from app.disclosures.models import Disclosure
from app.instructions.models import Answer, Instruction
from app.networks.models import Network
from app.networks.retention import days_of
from app.networks.scope import in_network
from app.organizations.models import Organization, Term
from app.reports.models import Report, ReportConflict
from app.staff.models import SignInAttempt, StaffSession


def borders(network: Network, now: datetime) -> dict[str, datetime]:
    """By kind: what is older than this was kept long enough."""
    return {kind: now - timedelta(days=days) for kind, days in days_of(network.retention).items()}


def notes_due(network_id: UUID, before: datetime) -> Any:
    """Closed reports of which a word is left: a note, what was written with an answer, or another
    version. An open report keeps all until somebody has closed it."""
    written = (
        in_network(Instruction, network_id)
        .with_only_columns(col(Instruction.report_id))
        .join(
            Answer,
            (col(Answer.network_id) == col(Instruction.network_id))
            & (col(Answer.instruction_id) == col(Instruction.id)),
        )
        .where(func.coalesce(cast(col(Answer.sealed), String), "null") != "null")
    )
    differing = in_network(ReportConflict, network_id).with_only_columns(
        col(ReportConflict.report_id)
    )
    has_words = or_(Report.has_note, col(Report.id).in_(written), col(Report.id).in_(differing))
    return reports_due(network_id, before).where(has_words, col(Report.note_erased_at).is_(None))


def disclosures_due(network_id: UUID, before: datetime) -> Any:
    """What came when personal data was asked for, of reports closed by then."""
    closed = (
        in_network(Report, network_id)
        .with_only_columns(col(Report.id))
        .where(col(Report.closed_at) < before)
    )
    return _unerased(network_id).where(col(Disclosure.report_id).in_(closed))


def transcribed_due(network_id: UUID, before: datetime) -> Any:
    """The same, written down elsewhere by then."""
    return _unerased(network_id).where(col(Disclosure.transcribed_at) < before)


def _unerased(network_id: UUID) -> Any:
    return in_network(Disclosure, network_id).where(col(Disclosure.sealed).is_not(None))


def reports_due(network_id: UUID, before: datetime) -> Any:
    return in_network(Report, network_id).where(
        col(Report.received_at) < before, col(Report.closed_at).is_not(None)
    )


def messages_due(network_id: UUID, before: datetime) -> Any:
    return in_network(Message, network_id).where(
        col(Message.created_at) < before, col(Message.expires_at) < before
    )


def work_due(network_id: UUID, before: datetime) -> Any:
    """Of the outbox, what was done."""
    return in_network(OutboxItem, network_id).where(col(OutboxItem.done_at) < before)


def subscriptions_due(network_id: UUID, before: datetime) -> Any:
    silent = (
        in_network(Device, network_id)
        .with_only_columns(col(Device.id))
        .where(col(Device.last_heard_at) < before)
    )
    return in_network(Subscription, network_id).where(
        or_(col(Subscription.ended_at) < before, col(Subscription.device_id).in_(silent))
    )


def sessions_due(network_id: UUID, before: datetime) -> Any:
    return in_network(StaffSession, network_id).where(col(StaffSession.ends_at) < before)


def attempts_due(network_id: UUID, before: datetime) -> Any:
    return in_network(SignInAttempt, network_id).where(col(SignInAttempt.at) < before)


def agreements_due(network_id: UUID, before: datetime) -> Any:
    """Under badges stopped before then, and by representatives of organizations that left before
    then. Whoever got another badge for theirs hasn't left."""
    badges = (
        in_network(Badge, network_id)
        .with_only_columns(col(Badge.id))
        .where(col(Badge.stopped_at) < before, col(Badge.id).not_in(_replaced(network_id, before)))
    )
    by_representatives = and_(
        col(Agreement.badge_id).is_(None),
        col(Agreement.organization_id).in_(_left(network_id, before)),
    )
    return in_network(Agreement, network_id).where(
        or_(col(Agreement.badge_id).in_(badges), by_representatives)
    )


def terms_due(network_id: UUID, before: datetime) -> Any:
    return in_network(Term, network_id).where(
        col(Term.organization_id).in_(_left(network_id, before))
    )


def _replaced(network_id: UUID, before: datetime) -> Any:
    """Badges whose holder goes on with another one, however many came between."""
    earlier = select(Badge.replaces_id).where(
        Badge.network_id == network_id, col(Badge.replaces_id).is_not(None)
    )
    works = or_(col(Badge.stopped_at).is_(None), col(Badge.stopped_at) >= before)
    found = earlier.where(works).cte(recursive=True)
    found = found.union(earlier.where(col(Badge.id) == found.c.replaces_id))
    return found.select()


def _left(network_id: UUID, before: datetime) -> Any:
    """Organizations that took leave on a day that was over by then."""
    day = before.astimezone(TOKYO).date()
    return (
        in_network(Organization, network_id)
        .with_only_columns(col(Organization.id))
        .where(col(Organization.ended_on) < day)
    )


def entries_due(network_id: UUID, before: datetime) -> Any:
    return select(AuditEntry).where(AuditEntry.network_id == network_id, _older(before))


def _older(before: datetime) -> ColumnElement[bool]:
    return col(AuditEntry.at) < before


DUE: dict[str, tuple[Callable[[UUID, datetime], Any], ...]] = {
    "note": (notes_due,),
    "disclosure": (disclosures_due,),
    "transcribed": (transcribed_due,),
    "report": (reports_due,),
    "message": (messages_due,),
    "subscription": (subscriptions_due,),
    "sign_in": (sessions_due, attempts_due),
    "agreement": (agreements_due, terms_due),
    "audit": (entries_due,),
}


def counts_due(session: Session, network: Network, at: datetime) -> dict[str, int]:
    """How many of each kind go in a night at that time."""
    return {
        kind: sum(
            session.execute(
                find(network.id, before).with_only_columns(func.count(), maintain_column_froms=True)
            ).scalar_one()
            for find in DUE[kind]
        )
        for kind, before in borders(network, at).items()
    }


def still_open(session: Session, network: Network, at: datetime) -> int:
    """Reports that were kept long enough, but that nobody has closed."""
    query = in_network(Report, network.id).where(
        col(Report.received_at) < borders(network, at)["report"], col(Report.closed_at).is_(None)
    )
    return int(session.execute(query.with_only_columns(func.count())).scalar_one())
