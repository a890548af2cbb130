"""見ています: proof that a person had a report before them, and whose it is while nobody claims."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.alarms.models import Watch
from app.alarms.rules import is_looking
from app.audit.commands import record
from app.deliveries.pulse import bump
from app.networks.scope import in_network
from app.reports.models import Report
from app.web.access import StaffActor

SELDOM = timedelta(seconds=20)


def look_at(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """The page was in sight. Written every 20 seconds at most; the first time all screens hear."""
    watch = _watch_of(session, report, actor.id)
    if watch and now - watch.seen_at < SELDOM:
        return
    if watch is None or not is_looking(watch.seen_at, now):
        watch = _begin(session, watch, report, actor.id, now)
        bump(session, report.network_id)
    watch.seen_at = now


def take(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """見ています was pressed: the desk falls silent. Twice is once."""
    watch = _watch_of(session, report, actor.id)
    if watch is None or not is_looking(watch.seen_at, now):
        watch = _begin(session, watch, report, actor.id, now)
    if watch.taken_at is None:
        record(
            session,
            report.network_id,
            actor=f"staff:{actor.id}",
            action="report.watch",
            object_id=report.id,
            now=now,
        )
    watch.taken_at = watch.seen_at = now
    bump(session, report.network_id)


def watches_of(session: Session, report: Report) -> list[Watch]:
    """In the order they began."""
    query = in_network(Watch, report.network_id).where(Watch.report_id == report.id)
    return sorted(session.exec(query), key=lambda one: (one.began_at, one.id))


def looking_at(session: Session, report: Report, now: datetime) -> list[Watch]:
    return [one for one in watches_of(session, report) if is_looking(one.seen_at, now)]


def _watch_of(session: Session, report: Report, staff_id: UUID) -> Watch | None:
    query = in_network(Watch, report.network_id).where(
        Watch.report_id == report.id, Watch.staff_id == staff_id
    )
    return session.exec(query).first()


def _begin(
    session: Session, known: Watch | None, report: Report, staff_id: UUID, now: datetime
) -> Watch:
    watch = known or Watch(
        network_id=report.network_id,
        report_id=report.id,
        staff_id=staff_id,
        began_at=now,
        seen_at=now,
    )
    watch.began_at = watch.seen_at = now
    session.add(watch)
    session.flush()
    return watch
