"""When R17 or R18 is owed: nothing is expected of anybody, and ten days have passed (K19)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.instructions.models import Instruction
from app.networks.scope import in_network
from app.organizations.queries import place_names
from app.reports.claims import claimant
from app.reports.models import Report

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
    return (last.ended_at or last.release_at) < now - OWED_AFTER


def has_owed(session: Session, network_id: UUID, now: datetime) -> bool:
    return bool(_instructions_that_ended(session, network_id, now - OWED_AFTER, most=1))


def owed_rows(session: Session, network_id: UUID, now: datetime) -> list[Owed]:
    """Those that have waited longest first, at most a page. A later instruction that hasn't ended
    takes its report out."""
    ended = _instructions_that_ended(session, network_id, now - OWED_AFTER)
    reports = {one.report_id: one for one in ended}
    found = in_network(Report, network_id).where(col(Report.id).in_(reports))
    by_id = {report.id: report for report in session.exec(found)}
    names = place_names(session, network_id, {one.workplace_id for one in by_id.values()})
    return [
        Owed(
            by_id[report_id],
            names[by_id[report_id].workplace_id],
            claimant(session, by_id[report_id]),
            last.ended_at or last.release_at,
        )
        for report_id, last in reports.items()
    ]


def _instructions_that_ended(
    session: Session, network_id: UUID, before: datetime, *, most: int = PAGE
) -> list[Instruction]:
    still_open = (
        in_network(Report, network_id)
        .with_only_columns(col(Report.id))
        .where(col(Report.closed_at).is_(None))
    )
    later = (
        in_network(Instruction, network_id)
        .with_only_columns(col(Instruction.report_id))
        .where(col(Instruction.cancelled_at).is_(None))
        .where(col(Instruction.ended_at).is_(None) | (col(Instruction.ended_at) >= before))
    )
    query = in_network(Instruction, network_id).where(
        col(Instruction.ended_at) < before,
        col(Instruction.cancelled_at).is_(None),
        Instruction.end_reason != "withdrawn",
        col(Instruction.report_id).in_(still_open),
        col(Instruction.report_id).not_in(later),
    )
    return list(session.exec(query.order_by(col(Instruction.ended_at)).limit(most)))
