"""What the desk shows of a report's claim beside who has it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.claims.models import ClaimMove
from app.claims.presence import concerns, writers_of
from app.claims.rules import Move
from app.networks.scope import in_network
from app.reports.models import Report
from app.staff.models import Staff


@dataclass(frozen=True)
class Moved:
    """One move with the names of both; `to_name` is empty for a claim that returned."""

    move: ClaimMove
    from_name: str
    to_name: str


@dataclass(frozen=True)
class Mark:
    """`fresh`: the newest move, while it is news: a claim that returned until somebody takes it,
    another one until the person it concerns has opened it. `writing`: colleagues who write;
    `writers`: everybody who does, the asker too."""

    fresh: Moved | None = None
    moves: list[Moved] = field(default_factory=list)
    writing: list[str] = field(default_factory=list)
    writers: frozenset[UUID] = frozenset()


def marks_for(
    session: Session, reports: Sequence[Report], asker_id: UUID | None, now: datetime
) -> dict[UUID, Mark]:
    """By report; `asker_id` isn't told of their own writing."""
    if not reports:
        return {}
    network_id, ids = reports[0].network_id, [one.id for one in reports]
    moves = _moves_of(session, network_id, ids)
    writers = writers_of(session, network_id, ids, now)
    names = _names(session, network_id, moves, writers)
    return {
        one.id: _mark(one, moves.get(one.id, []), writers.get(one.id, []), names, asker_id)
        for one in reports
    }


def _moves_of(session: Session, network_id: UUID, ids: list[UUID]) -> dict[UUID, list[ClaimMove]]:
    query = in_network(ClaimMove, network_id).where(col(ClaimMove.report_id).in_(ids))
    found: dict[UUID, list[ClaimMove]] = {}
    for one in session.exec(query.order_by(col(ClaimMove.at), col(ClaimMove.id))):
        found.setdefault(one.report_id, []).append(one)
    return found


def _names(
    session: Session,
    network_id: UUID,
    moves: dict[UUID, list[ClaimMove]],
    writers: dict[UUID, list[UUID]],
) -> dict[UUID, str]:
    wanted = {one for some in writers.values() for one in some}
    wanted |= {one.from_id for some in moves.values() for one in some}
    wanted |= {one.to_id for some in moves.values() for one in some if one.to_id}
    if not wanted:
        return {}
    people = in_network(Staff, network_id).where(col(Staff.id).in_(wanted))
    return {one.id: one.name for one in session.exec(people)}


def _mark(
    report: Report,
    moves: list[ClaimMove],
    writers: list[UUID],
    names: dict[UUID, str],
    asker_id: UUID | None,
) -> Mark:
    told = [Moved(one, names[one.from_id], names[one.to_id] if one.to_id else "") for one in moves]
    fresh = told[-1] if told and is_fresh(report, told[-1].move) else None
    others = [names[one] for one in writers if one != asker_id]
    return Mark(fresh, told, others, frozenset(writers))


def is_fresh(report: Report, move: ClaimMove) -> bool:
    if report.closed_at:
        return False
    if move.kind == Move.RETURNED:
        return report.claimed_by_id is None
    return move.opened_at is None and report.claimed_by_id == move.to_id


def is_news_for(mark: Mark, staff_id: UUID) -> bool:
    """Whether it is this person who is to open it."""
    fresh = mark.fresh
    return bool(fresh and fresh.move.kind != Move.RETURNED and concerns(fresh.move) == staff_id)
