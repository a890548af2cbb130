"""A claim of somebody who does nothing returns to the list by itself (docs/claims.md)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.claims.models import ClaimMove, Presence
from app.claims.rules import Move, latest
from app.deliveries.outbox import Item
from app.deliveries.pulse import bump
from app.instructions.models import Instruction
from app.instructions.queries import instructions_for
from app.networks.scope import in_network
from app.reports.alerts import watch_unclaimed
from app.reports.claims import minutes_of, watch_claim
from app.reports.models import Report


def return_claim(session: Session, item: Item, now: datetime) -> str:
    """One chain of timers for each claim: one that another follows ends with "over"."""
    report = session.get(Report, (item.network_id, UUID(item.payload["report_id"])))
    since = datetime.fromisoformat(item.payload["since"])
    if report is None:
        return "gone"
    session.refresh(report, with_for_update=True)
    if report.closed_at or not _is_same_claim(report, item.payload["by"], since):
        return "over"
    written = instructions_for(session, report)
    if any(one.ended_at is None for one in written):
        return "waits"
    if any(one.ended_at and one.ended_at > since for one in written):
        return "over"
    if (active := _last_active(session, report, written, since)) > since:
        watch_claim(session, report, active)
        return "active"
    _give_back(session, report, now)
    return "returned"


def _is_same_claim(report: Report, by: str, since: datetime) -> bool:
    return str(report.claimed_by_id) == by and bool(
        report.claimed_at and report.claimed_at <= since
    )


def _last_active(
    session: Session, report: Report, written: list[Instruction], since: datetime
) -> datetime:
    """Opening and writing are said by the browser; without a script claiming again says it."""
    seen = session.exec(
        in_network(Presence, report.network_id).where(
            Presence.report_id == report.id, Presence.staff_id == report.claimed_by_id
        )
    ).first()
    signs = [seen.opened_at, seen.writing_at] if seen else []
    return latest(since, *signs, *(one.created_at for one in written))


def _give_back(session: Session, report: Report, now: datetime) -> None:
    earlier = report.claimed_by_id
    assert earlier
    minutes = minutes_of(session, report)
    session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .values(claimed_by_id=None, claimed_at=None)
    )
    session.refresh(report)
    session.add(
        ClaimMove(
            network_id=report.network_id,
            report_id=report.id,
            kind=Move.RETURNED,
            from_id=earlier,
            minutes=minutes,
            at=now,
        )
    )
    record(
        session,
        report.network_id,
        actor="clock",
        action="claim.returned",
        object_id=report.id,
        now=now,
        details={"from": str(earlier), "minutes": minutes},
    )
    if report.urgency == "now":
        watch_unclaimed(session, report, now)
    bump(session, report.network_id)
