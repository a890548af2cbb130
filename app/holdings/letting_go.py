"""Letting go of what was kept long enough, some at a time: children before what they belong to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, null, update
from sqlmodel import Session, col

from app.alarms.models import TalkLine, Threat, Watch
from app.audit.commands import cut_off
from app.badges.models import Agreement
from app.claims.models import ClaimMove, Presence
from app.deliveries.models import (
    Evidence,
    Mail,
    Message,
    OutboxItem,
    PushCircuit,
    Recipient,
    Subscription,
)
from app.disclosures.models import Disclosure
from app.holdings import due
from app.instructions.models import Answer, FollowUp, Instruction, PhoneTask
from app.networks.scope import in_network
from app.organizations.models import Term
from app.outcomes.commands import forget_outcomes
from app.outcomes.queries import kept_outcomes
from app.reports.models import Report
from app.reports.past import erase_words
from app.reports.past import let_go as let_reports_go
from app.staff.models import SignInAttempt, StaffSession

Step = Callable[[Session, UUID, datetime, int, datetime], int]


def notes(session: Session, network_id: UUID, before: datetime, most: int, now: datetime) -> int:
    found = _some(session, due.notes_due(network_id, before), Report, most)
    answered = _instructions_of(session, network_id, [one.id for one in found])
    session.execute(
        update(Answer)
        .where(col(Answer.network_id) == network_id, col(Answer.instruction_id).in_(answered))
        .values(sealed=null())
    )
    erase_words(session, found, now)
    return len(found)


def disclosures(
    session: Session, network_id: UUID, before: datetime, most: int, now: datetime
) -> int:
    return _erase(session, due.disclosures_due(network_id, before), network_id, most, now)


def transcribed(
    session: Session, network_id: UUID, before: datetime, most: int, now: datetime
) -> int:
    return _erase(session, due.transcribed_due(network_id, before), network_id, most, now)


def _erase(session: Session, query: Any, network_id: UUID, most: int, now: datetime) -> int:
    """The request stays and says when its answer went."""
    ids = _ids(session, query, Disclosure, most)
    session.execute(
        update(Disclosure)
        .where(col(Disclosure.network_id) == network_id, col(Disclosure.id).in_(ids))
        .values(sealed=null(), erased_at=now)
    )
    return len(ids)


def reports(session: Session, network_id: UUID, before: datetime, most: int, now: datetime) -> int:
    found = _some(session, due.reports_due(network_id, before), Report, most)
    ids = [one.id for one in found]
    ended = kept_outcomes(session, network_id, ids)
    forget_outcomes(session, network_id, ids)
    instructions = _instructions_of(session, network_id, ids)
    for model in (Answer, FollowUp, PhoneTask):
        _delete(session, network_id, model, "instruction_id", instructions)
    _delete(session, network_id, Disclosure, "instruction_id", instructions)
    _delete(session, network_id, Instruction, "id", instructions)
    _delete(session, network_id, ClaimMove, "report_id", [one.id for one in found])
    _delete(session, network_id, Presence, "report_id", [one.id for one in found])
    for beside in (Watch, TalkLine, Threat):
        _delete(session, network_id, beside, "report_id", [one.id for one in found])
    let_reports_go(session, found, ended, now)
    return len(found)


def messages(session: Session, network_id: UUID, before: datetime, most: int, now: datetime) -> int:
    """Also the work that was done for them."""
    ids = _ids(session, due.messages_due(network_id, before), Message, most)
    for model in (Evidence, Recipient, Mail):
        _delete(session, network_id, model, "message_id", ids)
    _delete(session, network_id, Message, "id", ids)
    work = _ids(session, due.work_due(network_id, before), OutboxItem, most)
    _delete(session, network_id, OutboxItem, "id", work)
    return max(len(ids), len(work))


def subscriptions(
    session: Session, network_id: UUID, before: datetime, most: int, now: datetime
) -> int:
    ids = _ids(session, due.subscriptions_due(network_id, before), Subscription, most)
    session.execute(
        update(PushCircuit)
        .where(col(PushCircuit.network_id) == network_id, col(PushCircuit.subscription_id).in_(ids))
        .values(subscription_id=None)
    )
    _delete(session, network_id, Subscription, "id", ids)
    return len(ids)


def sign_ins(session: Session, network_id: UUID, before: datetime, most: int, now: datetime) -> int:
    sessions = _ids(session, due.sessions_due(network_id, before), StaffSession, most)
    _delete(session, network_id, StaffSession, "id", sessions)
    attempts = _ids(session, due.attempts_due(network_id, before), SignInAttempt, most)
    _delete(session, network_id, SignInAttempt, "id", attempts)
    return len(sessions) + len(attempts)


def agreements(
    session: Session, network_id: UUID, before: datetime, most: int, now: datetime
) -> int:
    """Also the terms of organizations that left."""
    ids = _ids(session, due.agreements_due(network_id, before), Agreement, most)
    _delete(session, network_id, Agreement, "id", ids)
    terms = _ids(session, due.terms_due(network_id, before), Term, most)
    _delete(session, network_id, Term, "id", terms)
    return len(ids) + len(terms)


STEPS: dict[str, Step] = {
    "note": notes,
    "disclosure": disclosures,
    "transcribed": transcribed,
    "report": reports,
    "message": messages,
    "subscription": subscriptions,
    "sign_in": sign_ins,
    "agreement": agreements,
    "audit": cut_off,
}


def _some(session: Session, query: Any, model: Any, most: int) -> list[Any]:
    return list(session.exec(query.order_by(col(model.id)).limit(most)))


def _ids(session: Session, query: Any, model: Any, most: int) -> list[UUID]:
    found = query.with_only_columns(col(model.id)).order_by(col(model.id)).limit(most)
    return [one for (one,) in session.execute(found)]


def _instructions_of(session: Session, network_id: UUID, report_ids: Sequence[UUID]) -> list[UUID]:
    query = in_network(Instruction, network_id).where(col(Instruction.report_id).in_(report_ids))
    return [one for (one,) in session.execute(query.with_only_columns(col(Instruction.id)))]


def _delete(
    session: Session,
    network_id: UUID,
    model: Any,
    column: str,
    values: Sequence[UUID],
) -> None:
    if values:
        here = model.network_id == network_id
        session.execute(delete(model).where(here, getattr(model, column).in_(values)))
