"""同じ件: reports of several people about one event, so that one answer goes to all of them.

What one workplace tells of one trick within an hour is put together as it arrives, if it comes from
different badges; counsellors put together and part whatever else they know.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import N_, Conflict
from app.ids import new_id
from app.networks.scope import in_network
from app.organizations.models import Workplace
from app.reports.models import Report
from app.web.access import StaffActor

HOUR = timedelta(hours=1)
LOOKED_AT = 50
MOST = 30
"""Reports of one case. Nobody can read the answers of more at once."""


@dataclass(frozen=True)
class Members:
    """How many reports of a case are open, and how many people they come from."""

    reports: int
    people: int


def gather(session: Session, report: Report) -> None:
    """As a report arrives: it joins what a colleague told of the same event before it, if that is
    open. In whatever order arrivals are seen to, a chain of them ends up as one case."""
    if report.closed_at:
        return
    for one in _lately_there(session, report, [report.workplace_id]):
        if one.seq > report.seq or one.badge_id == report.badge_id:
            continue
        joining = reports_of_case(session, report)
        if len(joining) + len(reports_of_case(session, one)) <= MOST:
            _move(session, joining, one)
        return


def similar_reports(session: Session, report: Report) -> list[Report]:
    """Open ones from the same organization that tell of the same trick within an hour, and aren't
    in the report's case: for a person to decide."""
    mine = (
        in_network(Workplace, report.network_id)
        .where(col(Workplace.id) == report.workplace_id)
        .with_only_columns(col(Workplace.organization_id))
    )
    places = (
        in_network(Workplace, report.network_id)
        .where(col(Workplace.organization_id).in_(mine))
        .with_only_columns(col(Workplace.id))
        .limit(LOOKED_AT)
    )
    found = _lately_there(session, report, [one for (one,) in session.execute(places)])
    return [one for one in found if one.case_id is None or one.case_id != report.case_id]


def reports_of_case(session: Session, report: Report) -> list[Report]:
    """All reports of its case, itself among them, in the order they came."""
    if report.case_id is None:
        return [report]
    query = in_network(Report, report.network_id).where(Report.case_id == report.case_id)
    return list(session.exec(query.order_by(col(Report.seq)).limit(MOST)))


def count_members(
    session: Session, network_id: UUID, case_ids: Collection[UUID], up_to: int
) -> dict[UUID, Members]:
    """Of open reports up to that number, by case."""
    query = (
        in_network(Report, network_id)
        .where(col(Report.case_id).in_(case_ids), col(Report.closed_at).is_(None))
        .where(col(Report.seq) <= up_to)
        .with_only_columns(col(Report.case_id), col(Report.device_id))
    )
    devices: dict[UUID, list[UUID]] = {}
    for case_id, device_id in session.execute(query):
        devices.setdefault(case_id, []).append(device_id)
    return {case_id: Members(len(ids), len({*ids})) for case_id, ids in devices.items()}


def join_case(
    session: Session, report: Report, other: Report, actor: StaffActor, now: datetime
) -> None:
    """同じ件としてまとめる: the report, with all that is together with it, joins the other's case.
    Raises Conflict where that would be too many. Twice is once."""
    if report.id == other.id or (report.case_id and report.case_id == other.case_id):
        return
    joining = reports_of_case(session, report)
    if len(joining) + len(reports_of_case(session, other)) > MOST:
        raise Conflict(N_("1つの件にまとめられるのは%(n)s件までです。"), n=MOST)
    _move(session, joining, other)
    _note(session, report, actor, "report.join", now)


def part_from_case(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """分ける: it stands alone again. Of two who press, the second changes nothing."""
    parted = session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.case_id).is_not(None))
        .values(case_id=None)
    )
    session.refresh(report)
    if parted.rowcount:  # type: ignore[attr-defined]
        _note(session, report, actor, "report.part", now)


def _lately_there(session: Session, report: Report, places: Collection[UUID]) -> list[Report]:
    """Others that are open, of the same trick, seen within the hour; the latest first."""
    query = in_network(Report, report.network_id).where(
        col(Report.workplace_id).in_(places), Report.id != report.id
    )
    latest = session.exec(query.order_by(col(Report.seq).desc()).limit(LOOKED_AT))
    return [
        one
        for one in latest
        if one.closed_at is None
        and one.category == report.category
        and abs(one.seen_at - report.seen_at) <= HOUR
    ]


def _case_of(session: Session, report: Report) -> UUID:
    """Its case; a new one if it has none, or the one that somebody else began just now."""
    session.execute(
        update(Report)
        .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
        .where(col(Report.case_id).is_(None))
        .values(case_id=new_id())
    )
    session.refresh(report)
    assert report.case_id
    return report.case_id


def _move(session: Session, reports: Collection[Report], other: Report) -> None:
    """Into the other's case."""
    case_id = _case_of(session, other)
    for report in reports:
        session.execute(
            update(Report)
            .where(col(Report.network_id) == report.network_id, col(Report.id) == report.id)
            .values(case_id=case_id)
        )
        session.refresh(report)


def _note(session: Session, report: Report, actor: StaffActor, action: str, now: datetime) -> None:
    record(
        session,
        report.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=report.id,
        now=now,
    )
    bump(session, report.network_id)
