"""引き継ぐ, 引き取る: a claim goes to somebody else by name; of two who press at once one wins."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.claims.models import ClaimMove
from app.claims.rules import Move
from app.deliveries.messages import alert_staff
from app.deliveries.pulse import bump
from app.errors import N_, Conflict
from app.instructions.phone_tasks import calls_owed_for
from app.reports.claims import claimant, watch_claim
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import StaffActor

ALERT_LIFE = timedelta(hours=1)


def hand_over(
    session: Session, report: Report, actor: StaffActor, to: Staff, note: str, now: datetime
) -> None:
    """Only who has it can. Raises Conflict, naming who has it now."""
    move_claim(session, report, actor, to, note, now)
    tell(session, report, to.id, "担当を引き継がれました", now)


def move_claim(
    session: Session,
    report: Report,
    actor: StaffActor,
    to: Staff,
    note: str,
    now: datetime,
    relay_id: UUID | None = None,
) -> None:
    """The same without telling them."""
    if not _change_claimant(session, report, actor.id, to.id, now):
        _refuse(session, report)
    _note_move(session, report, Move.HANDED, actor, actor.id, to.id, note, now, relay_id)


def take_over(
    session: Session,
    report: Report,
    actor: StaffActor,
    reason: str,
    now: datetime,
    seen_id: UUID | None = None,
) -> None:
    """From whoever has it, who is told why. Raises Conflict where that isn't the one whom the actor
    saw, or nobody any more."""
    earlier = report.claimed_by_id
    if earlier == actor.id:
        return
    is_other = seen_id is not None and earlier != seen_id
    if is_other or earlier is None or not _change_claimant(session, report, earlier, actor.id, now):
        _refuse(session, report)
    assert earlier
    _note_move(session, report, Move.TAKEN, actor, earlier, actor.id, reason, now, None)
    tell(session, report, earlier, "担当を引き取りました", now)


def _change_claimant(
    session: Session, report: Report, earlier: UUID, later: UUID, now: datetime
) -> bool:
    """A conditional update decides: of two at once the second finds it changed. The calls that the
    earlier one owes for it go along."""
    changed = session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.claimed_by_id) == earlier, col(Report.closed_at).is_(None))
        .values(claimed_by_id=later, claimed_at=now)
    )
    session.refresh(report)
    if not changed.rowcount:  # type: ignore[attr-defined]
        return False
    for call in calls_owed_for(session, report, earlier):
        call.assigned_to_id = later
    return True


def _refuse(session: Session, report: Report) -> None:
    if report.closed_at:
        raise Conflict(
            N_("この報告は、%(name)sさんが終わりにしました。"), name=claimant(session, report)
        )
    if name := claimant(session, report):
        raise Conflict(N_("いまは%(name)sさんが担当しています。"), name=name)
    raise Conflict(N_("いまは、だれも担当していません。"))


def _note_move(
    session: Session,
    report: Report,
    kind: Move,
    actor: StaffActor,
    from_id: UUID,
    to_id: UUID,
    note: str,
    now: datetime,
    relay_id: UUID | None,
) -> None:
    session.add(
        ClaimMove(
            network_id=report.network_id,
            report_id=report.id,
            kind=kind,
            from_id=from_id,
            to_id=to_id,
            note=note,
            relay_id=relay_id,
            at=now,
        )
    )
    watch_claim(session, report, now)
    record(
        session,
        report.network_id,
        actor=f"staff:{actor.id}",
        action=f"claim.{kind}",
        object_id=report.id,
        now=now,
        details={"from": str(from_id), "to": str(to_id)},
    )
    bump(session, report.network_id)


def tell(session: Session, report: Report, staff_id: UUID, title: str, now: datetime) -> None:
    """Generic words and the number: they stand on a lock screen."""
    alert_staff(
        session,
        report.network_id,
        [staff_id],
        title=title,
        body=report.receipt_no,
        path=f"/desk/reports/{report.id}",
        expires_at=now + ALERT_LIFE,
        now=now,
    )
