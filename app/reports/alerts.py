"""Counsellors are reached too: an urgent report that nobody takes is pushed to those on duty, and
then to the supervisor."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.deliveries.messages import alert_staff
from app.deliveries.outbox import Item, enqueue
from app.deliveries.pulse import bump
from app.networks.models import Network
from app.networks.opening_hours import is_open, next_opening
from app.networks.scope import get_network, get_row
from app.reports.floods import note_flood
from app.reports.models import Report
from app.staff.presence import is_anybody_free, on_call
from app.staff.queries import counsellors, on_duty, supervisors

KIND = "report.unclaimed"
NOBODY_YET = timedelta(seconds=60)
STILL_NOBODY = timedelta(seconds=120)
LIFE = timedelta(minutes=30)


def show_at_centre(session: Session, item: Item, now: datetime) -> str:
    """A report arrived: the desks of its network look again, and for an urgent one that is not of
    a flood a timer runs. Where nobody at the desk can hear a customer at the counter ring, it
    doesn't wait."""
    report = get_row(session, Report, item.network_id, UUID(item.payload["report_id"]))
    quiet = note_flood(session, report, now)
    if not quiet and (report.urgency == "now" or report.is_at_counter):
        calls_nobody = report.is_at_counter and not is_anybody_free(session, item.network_id, now)
        at = now if calls_nobody else report.received_at + NOBODY_YET
        watch_unclaimed(session, report, at)
    bump(session, item.network_id)
    return "shown"


def alert(session: Session, item: Item, now: datetime) -> str:
    """Nobody took it. While the centre is closed nobody is woken: R19 told the worker whom to call,
    and the timer goes on when it opens."""
    report = get_row(session, Report, item.network_id, UUID(item.payload["report_id"]))
    if report.claimed_by_id or report.closed_at:
        return "taken"
    if report.quieted_at:
        return "quiet"
    network = get_network(session, item.network_id)
    if not is_open(network.hours, now):
        opening = next_opening(network.hours, now)
        if opening:
            watch_unclaimed(session, report, opening)
        return "closed"
    if item.payload["step"] == "duty":
        return _alert_counsellors(session, network, report, now)
    told = _tell(session, report, [one.id for one in supervisors(session, network.id)], now)
    return "supervisor" if told else "nobody"


def _alert_counsellors(session: Session, network: Network, report: Report, now: datetime) -> str:
    """Those on duty; all of them where nobody said so or none of those has a browser to push to.
    Whoever is on the telephone (通話中) isn't disturbed."""
    busy = on_call(session, network.id, now)
    duty = [one.id for one in on_duty(session, network.id, now) if one.id not in busy]
    everybody = [one.id for one in counsellors(session, network.id) if one.id not in busy]
    told = _tell(session, report, duty, now) or _tell(session, report, everybody, now)
    watch_unclaimed(session, report, now + STILL_NOBODY if told else now, "supervisor")
    return "duty" if told else "nobody"


def _tell(session: Session, report: Report, staff_ids: Collection[UUID], now: datetime) -> int:
    return alert_staff(
        session,
        report.network_id,
        staff_ids,
        title="急ぎの報告",
        body=f"{report.receipt_no} を、まだだれも担当していません。",
        path=f"/desk/reports/{report.id}",
        expires_at=now + LIFE,
        now=now,
    )


def watch_unclaimed(session: Session, report: Report, at: datetime, step: str = "duty") -> None:
    enqueue(session, report.network_id, KIND, {"report_id": str(report.id), "step": step}, at)
