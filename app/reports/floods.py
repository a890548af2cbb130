"""大量に届く名札: every report of it is accepted, and none of them rings until there are fewer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import load_only
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.badges.models import Badge
from app.deliveries.outbox import Item, enqueue
from app.deliveries.pulse import bump
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import BROUGHT_BY_STAFF, Report
from app.reports.rules import AT_ONCE, Arrival, is_flood
from app.web.access import StaffActor

KIND = "badge.still_floods"
WORKER = "worker"
BY_STAFF = 50
"""So many that staff typed in among a day's reports don't hide a flood."""


def note_flood(session: Session, report: Report, now: datetime) -> bool:
    """Whether this report, which has just come, is one of a flood: then it is quieted. When it
    begins one, those that nobody has taken up are folded away with it."""
    if not BROUGHT_BY_STAFF.isdisjoint(report.flags):
        return False
    badge = _badge_now(session, report.network_id, report.badge_id)
    if badge.quiet_since:
        _quiet(session, badge, [report.id], now)
    elif _floods(session, badge, Arrival(report.seen_at, report.received_at)):
        _begin(session, badge, now)
    session.refresh(report)
    return report.quieted_at is not None


def _badge_now(session: Session, network_id: UUID, badge_id: UUID) -> Badge:
    badge = get_row(session, Badge, network_id, badge_id)
    session.refresh(badge)
    return badge


def look_again(session: Session, item: Item, now: datetime) -> str:
    """The timer of a flood: it ends once there are fewer."""
    badge = _badge_now(session, item.network_id, UUID(item.payload["badge_id"]))
    if badge.quiet_since is None:
        return "ended"
    if _floods(session, badge, Arrival(now, now)):
        _watch(session, badge, now)
        return "floods"
    badge.quiet_since = None
    _note(session, badge, "badge.hear", WORKER, now)
    return "fewer"


def hear_again(session: Session, badge: Badge, actor: StaffActor, now: datetime) -> None:
    """A counsellor has looked: the open ones go back into the list, and counting begins anew.
    Twice is once."""
    if badge.quiet_since is None and not quieted_of(session, badge, 1):
        return
    badge.quiet_since, badge.heard_again_at = None, now
    session.execute(
        update(Report)
        .where(col(Report.network_id) == badge.network_id, col(Report.badge_id) == badge.id)
        .where(col(Report.quieted_at).is_not(None), col(Report.closed_at).is_(None))
        .values(quieted_at=None)
    )
    _note(session, badge, "badge.hear", f"staff:{actor.id}", now)


def quieted_of(session: Session, badge: Badge, most: int) -> list[Report]:
    """Those that are open, the newest first."""
    query = quieted_ones(badge.network_id).where(Report.badge_id == badge.id)
    return list(session.exec(query.order_by(col(Report.seq).desc()).limit(most)))


def all_quieted(session: Session, network_id: UUID, most: int) -> list[Report]:
    """Of all badges of a network, the newest first."""
    query = quieted_ones(network_id).order_by(col(Report.seq).desc())
    return list(session.exec(query.limit(most)))


def quieted_ones(network_id: UUID) -> SelectOfScalar[Report]:
    return in_network(Report, network_id).where(
        col(Report.quieted_at).is_not(None), col(Report.closed_at).is_(None)
    )


def _begin(session: Session, badge: Badge, now: datetime) -> None:
    """Of two workers that see it at once, one begins it."""
    begun = session.execute(
        update(Badge)
        .where(col(Badge.network_id) == badge.network_id, col(Badge.id) == badge.id)
        .where(col(Badge.quiet_since).is_(None))
        .values(quiet_since=now)
    )
    session.refresh(badge)
    recent = [one.id for one in _recent(session, badge) if now - one.received_at <= AT_ONCE]
    _quiet(session, badge, recent, now)
    if begun.rowcount:  # type: ignore[attr-defined]
        _watch(session, badge, now)
        _note(session, badge, "badge.quiet", WORKER, now)


def _quiet(session: Session, badge: Badge, ids: Sequence[UUID], now: datetime) -> None:
    """Whoever took one up goes on with it."""
    session.execute(
        update(Report)
        .where(col(Report.network_id) == badge.network_id, col(Report.id).in_(ids))
        .where(col(Report.claimed_by_id).is_(None), col(Report.closed_at).is_(None))
        .where(col(Report.quieted_at).is_(None))
        .values(quieted_at=now)
    )


def _floods(session: Session, badge: Badge, newest: Arrival) -> bool:
    network = get_network(session, badge.network_id)
    arrivals = [Arrival(one.seen_at, one.received_at) for one in _recent(session, badge)]
    at_once, a_day = network.flood_in_ten_minutes, network.flood_in_a_day
    return is_flood(arrivals, newest, at_once=at_once, a_day=a_day)


def _recent(session: Session, badge: Badge) -> list[Report]:
    """The newest that phones sent, since a counsellor last said that it is no flood."""
    most = get_network(session, badge.network_id).flood_in_a_day + 1 + BY_STAFF
    read = load_only(Report.id, Report.client_at, Report.received_at, Report.flags)  # type: ignore[arg-type]
    query = (
        in_network(Report, badge.network_id)
        .options(read)
        .where(col(Report.badge_id) == badge.id)
        .order_by(col(Report.seq).desc())
        .limit(most)
    )
    since = badge.heard_again_at
    return [
        one
        for one in session.exec(query)
        if BROUGHT_BY_STAFF.isdisjoint(one.flags) and (since is None or one.received_at > since)
    ]


def _watch(session: Session, badge: Badge, now: datetime) -> None:
    payload = {"badge_id": str(badge.id)}
    enqueue(session, badge.network_id, KIND, payload, now + AT_ONCE)


def _note(session: Session, badge: Badge, action: str, actor: str, now: datetime) -> None:
    session.flush()
    details = {"number": badge.number}
    record(
        session,
        badge.network_id,
        actor=actor,
        action=action,
        object_id=badge.id,
        now=now,
        details=details,
    )
    bump(session, badge.network_id)
