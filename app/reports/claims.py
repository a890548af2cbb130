"""担当する: of two people who press at once one wins, and the other sees who."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.outbox import enqueue
from app.errors import N_, Conflict
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import StaffActor

RETURN = "claim.return"


def claim(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """Raises Conflict, naming who was first. Writing an answer claims too."""
    won = session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.claimed_by_id).is_(None))
        .values(claimed_by_id=actor.id, claimed_at=now)
    )
    session.refresh(report)
    if won.rowcount:  # type: ignore[attr-defined]
        _note(session, report, actor, "report.claim", now)
        watch_claim(session, report, now)
    elif report.claimed_by_id != actor.id:
        raise Conflict(
            N_("%(name)sさんが先に担当しました。最新を表示します。"), name=claimant(session, report)
        )


def release_claim(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """Give it back to the list. Only who has it can; others ask them. Twice is once."""
    given = session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.claimed_by_id) == actor.id)
        .values(claimed_by_id=None, claimed_at=None)
    )
    session.refresh(report)
    if given.rowcount:  # type: ignore[attr-defined]
        _note(session, report, actor, "report.release", now)
    elif report.claimed_by_id:
        raise Conflict(
            N_("いまは%(name)sさんが担当しています。担当している人だけが戻せます。"),
            name=claimant(session, report),
        )


def watch_claim(session: Session, report: Report, since: datetime) -> None:
    """A timer for a claim that its holder forgets; it looks what happened since then."""
    payload = {
        "report_id": str(report.id),
        "by": str(report.claimed_by_id),
        "since": since.isoformat(),
    }
    due = since + timedelta(minutes=minutes_of(session, report))
    enqueue(session, report.network_id, RETURN, payload, due)


def minutes_of(session: Session, report: Report) -> int:
    """After how long a claim returns to the list."""
    network = get_network(session, report.network_id)
    return network.urgent_claim_minutes if report.urgency == "now" else network.claim_minutes


def claimant(session: Session, report: Report) -> str:
    if report.claimed_by_id is None:
        return ""
    return get_row(session, Staff, report.network_id, report.claimed_by_id).name


def _note(session: Session, report: Report, actor: StaffActor, action: str, now: datetime) -> None:
    record(
        session,
        report.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=report.id,
        now=now,
    )
