"""How reports ended, as it stands and as it was before, and what is a candidate."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.networks.scope import get_row, in_network
from app.outcomes.codes import codes
from app.outcomes.models import Candidate, Outcome
from app.reports.models import Report
from app.staff.models import Staff

PAGE = 50
STATISTICS = ("code", "connections", "stopped_yen", "grade", "recovered_yen")


@dataclass(frozen=True)
class Written:
    """One outcome, and who wrote it."""

    outcome: Outcome
    author: str


@dataclass(frozen=True)
class Ending:
    """How a report ended, as it stands, what it is a candidate for, and the words for both."""

    outcome: Outcome | None
    candidates: list[Candidate]
    codes: dict[str, Any]


def ending_of(session: Session, report: Report) -> Ending:
    """An open report has none."""
    if report.closed_at is None:
        return Ending(None, [], codes())
    return Ending(standing_outcome(session, report), candidates_of(session, report), codes())


def outcomes_of(session: Session, report: Report) -> list[Written]:
    """The newest first: that one stands."""
    query = in_network(Outcome, report.network_id).where(Outcome.report_id == report.id)
    return [
        Written(one, get_row(session, Staff, one.network_id, one.author_id).name)
        for one in session.exec(query.order_by(col(Outcome.number).desc()))
    ]


def standing_outcome(session: Session, report: Report) -> Outcome | None:
    """None for a report that was closed before outcomes were written down."""
    query = in_network(Outcome, report.network_id).where(Outcome.report_id == report.id)
    return session.exec(query.order_by(col(Outcome.number).desc()).limit(1)).first()


def kept_outcomes(
    session: Session, network_id: UUID, report_ids: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    """By report: what statistics count of how it ended, under the names of a past report."""
    query = in_network(Outcome, network_id).where(col(Outcome.report_id).in_(report_ids))
    return {
        one.report_id: {
            "outcome": one.code,
            **{name: getattr(one, name) for name in STATISTICS[1:]},
        }
        for one in session.exec(query.order_by(col(Outcome.number)))
    }


def candidates_of(session: Session, report: Report) -> list[Candidate]:
    query = in_network(Candidate, report.network_id).where(
        Candidate.report_id == report.id, col(Candidate.withdrawn_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Candidate.marked_at))))


def listed_candidates(
    session: Session, network_id: UUID, after: UUID | None = None
) -> list[tuple[Candidate, Report]]:
    """The newest first, one more than a page; `after`: those that stand below that one."""
    query = in_network(Candidate, network_id).where(col(Candidate.withdrawn_at).is_(None))
    if after and (last := session.get(Candidate, (network_id, after))):
        query = query.where(
            (col(Candidate.marked_at) < last.marked_at)
            | ((col(Candidate.marked_at) == last.marked_at) & (col(Candidate.id) < last.id))
        )
    newest = query.order_by(col(Candidate.marked_at).desc(), col(Candidate.id).desc())
    return [
        (one, get_row(session, Report, network_id, one.report_id))
        for one in session.exec(newest.limit(PAGE + 1))
    ]
