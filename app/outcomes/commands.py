"""Writing down how a report ended, and putting it right."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Forbidden
from app.networks.scope import get_row, in_network
from app.outcomes.forms import Findings
from app.outcomes.models import Candidate, Outcome
from app.outcomes.queries import standing_outcome
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import Permission, StaffActor


def write_outcome(
    session: Session, report: Report, findings: Findings, actor: StaffActor, now: datetime
) -> Outcome:
    """With the closing answer. A report that was opened again gets the next number."""
    return _append(session, report, findings, actor, "outcome.write", now)


def may_correct(report: Report, actor: StaffActor) -> bool:
    """Whoever has the report, and the supervisor."""
    return report.claimed_by_id == actor.id or Permission.OUTCOME_CORRECT in actor.permissions


def correct_outcome(
    session: Session,
    report: Report,
    findings: Findings,
    actor: StaffActor,
    now: datetime,
    *,
    based_on: int,
    reason: str,
) -> Outcome:
    """`based_on`: the number that was on the screen, 0 for none. Raises Conflict, naming who was
    first, where another one stands by now; the same correction sent twice is one."""
    if not may_correct(report, actor):
        raise Forbidden(N_("担当している人か主任だけが直せます。"))
    if not report.closed_at:
        raise Conflict(N_("この報告は、まだ終わっていません。"))
    newest = standing_outcome(session, report)
    if newest and newest.number == based_on + 1 and _says(newest, findings, actor, reason):
        return newest
    if (newest.number if newest else 0) != based_on:
        first = get_row(session, Staff, report.network_id, newest.author_id).name if newest else ""
        raise Conflict(N_("%(name)sさんが先に直しました。最新を見てください。"), name=first)
    return _append(session, report, findings, actor, "outcome.change", now, reason=reason)


def mark_candidate(
    session: Session, report: Report, values: Mapping[str, str], actor: StaffActor, now: datetime
) -> Candidate:
    """Marked again, it is the same candidate with the new reason. Raises Conflict while open."""
    if not report.closed_at:
        raise Conflict(N_("この報告は、まだ終わっていません。"))
    same_kind = in_network(Candidate, report.network_id).where(
        Candidate.report_id == report.id, Candidate.kind == values["kind"]
    )
    candidate = session.exec(same_kind).first() or Candidate(
        network_id=report.network_id,
        report_id=report.id,
        kind=values["kind"],
        reason="",
        author_id=actor.id,
        marked_at=now,
    )
    candidate.reason, candidate.author_id = values["reason"], actor.id
    candidate.marked_at, candidate.withdrawn_at = now, None
    session.add(candidate)
    session.flush()
    _note(
        session, report.network_id, candidate.id, "candidate.mark", actor, now, kind=candidate.kind
    )
    return candidate


def withdraw_candidate(
    session: Session, candidate: Candidate, actor: StaffActor, now: datetime
) -> None:
    """Again does nothing."""
    if candidate.withdrawn_at:
        return
    candidate.withdrawn_at = now
    session.add(candidate)
    _note(
        session,
        candidate.network_id,
        candidate.id,
        "candidate.withdraw",
        actor,
        now,
        kind=candidate.kind,
    )


def forget_outcomes(session: Session, network_id: UUID, report_ids: Sequence[UUID]) -> None:
    """With their reports; what statistics count was taken over before (queries.kept_outcomes)."""
    for model in (Outcome, Candidate):
        here = col(model.network_id) == network_id
        session.execute(delete(model).where(here, col(model.report_id).in_(report_ids)))


def _says(outcome: Outcome, findings: Findings, actor: StaffActor, reason: str) -> bool:
    same = all(getattr(outcome, name) == value for name, value in findings.as_row().items())
    return same and outcome.author_id == actor.id and outcome.reason == reason


def _append(
    session: Session,
    report: Report,
    findings: Findings,
    actor: StaffActor,
    action: str,
    now: datetime,
    *,
    reason: str = "",
) -> Outcome:
    newest = standing_outcome(session, report)
    outcome = Outcome(
        network_id=report.network_id,
        report_id=report.id,
        number=newest.number + 1 if newest else 1,
        reason=reason,
        author_id=actor.id,
        written_at=now,
        **findings.as_row(),
    )
    session.add(outcome)
    session.flush()
    _note(session, report.network_id, report.id, action, actor, now, outcome=outcome.code)
    return outcome


def _note(
    session: Session,
    network_id: UUID,
    object_id: UUID,
    action: str,
    actor: StaffActor,
    now: datetime,
    **details: str,
) -> None:
    record(
        session,
        network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=object_id,
        now=now,
        details=details,
    )
    bump(session, network_id)
