"""When R17 or R18 is owed: nothing is expected of anybody, and ten days have passed (K19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.instructions.models import Instruction
from app.instructions.standing import last_standing
from app.networks.scope import in_network
from app.organizations.queries import place_names
from app.reports.models import Report
from app.staff.queries import names_of

OWED_AFTER = timedelta(days=10)
PAGE = 50


@dataclass(frozen=True)
class Owed:
    """One report that waits for its last answer since then."""

    report: Report
    place: str
    claimed_by: str
    since: datetime


def is_owed(last: Instruction, now: datetime) -> bool:
    """`last`: the newest one that stands; nothing more is expected of whoever has it."""
    return ended_at(last) < now - OWED_AFTER


def ended_at(last: Instruction) -> datetime:
    return last.ended_at or last.release_at


def owed_rows(session: Session, network_id: UUID, now: datetime) -> list[Owed]:
    """Those that came first, at most a page, and of them those that have waited longest first. A
    later instruction that hasn't ended takes its report out."""
    query = owed_ones(network_id, now - OWED_AFTER).order_by(col(Report.seq)).limit(PAGE)
    reports = list(session.exec(query))
    last = last_standing(session, network_id, [one.id for one in reports])
    places = place_names(session, network_id, {one.workplace_id for one in reports})
    names = names_of(session, network_id, {one.claimed_by_id for one in reports})
    rows = [
        Owed(one, places[one.workplace_id], names[one.claimed_by_id], ended_at(last[one.id]))
        for one in reports
    ]
    return sorted(rows, key=lambda row: row.since)


def owed_ones(network_id: UUID, before: datetime) -> Any:
    """Looked for among those that are open and came before: what was closed costs nothing, however
    much of it there is."""
    standing = in_network(Instruction, network_id).where(
        col(Instruction.report_id) == col(Report.id), col(Instruction.cancelled_at).is_(None)
    )
    ended = standing.where(
        col(Instruction.ended_at) < before, col(Instruction.end_reason) != "withdrawn"
    )
    return in_network(Report, network_id).where(
        col(Report.closed_at).is_(None),
        col(Report.received_at) < before,
        ended.exists(),
        ~_goes_on(standing, before).exists(),
    )


def _goes_on(standing: Any, before: datetime) -> Any:
    return standing.where(
        col(Instruction.ended_at).is_(None) | (col(Instruction.ended_at) >= before)
    )
