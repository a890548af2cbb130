"""What stands around one report: the others of its case, and what this place and this trick brought
within thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.badges.models import Badge
from app.checklists.standard_set import known_categories
from app.desk.inbox.listing import capped, one_too_many
from app.networks.scope import in_network
from app.organizations.queries import place_names
from app.reports.cases import reports_of_case, similar_reports
from app.reports.models import Report

LATELY = timedelta(days=30)
SHOWN = 3


@dataclass(frozen=True)
class Member:
    """One report of a case, or one that may belong to it."""

    report: Report
    place: str
    badge_number: str


@dataclass(frozen=True)
class Around:
    """`others`: of the same case. `similar`: perhaps of the same case. `here`: the last ones of
    this workplace. `trick`: its name, where it has one. `typed`, `wrong`: of a number that a person
    wanted to put together with this one."""

    others: list[Member]
    similar: list[Member]
    here: list[Report]
    here_count: str
    trick: dict[str, str] | None
    trick_count: str
    typed: str = ""
    wrong: Any = None

    @property
    def open_others(self) -> list[Member]:
        return [one for one in self.others if one.report.closed_at is None]


def around(session: Session, report: Report, now: datetime) -> Around:
    """The latest by number, of which those within thirty days count: what seldom happens isn't
    looked for through all years."""
    others = [one for one in reports_of_case(session, report) if one.id != report.id]
    since = now - LATELY
    latest = (
        in_network(Report, report.network_id)
        .where(Report.id != report.id)
        .order_by(col(Report.seq).desc())
    )
    here = latest.where(Report.workplace_id == report.workplace_id, col(Report.seq) < report.seq)
    found = [one for one in session.exec(one_too_many(here)) if one.received_at >= since]
    alike = latest.where(Report.category == report.category)
    came = session.scalars(one_too_many(alike).with_only_columns(col(Report.received_at)))
    return Around(
        others=_members(session, report.network_id, others),
        similar=_members(session, report.network_id, _similar(session, report)),
        here=found[:SHOWN],
        here_count=capped(len(found)),
        trick=None if report.category == "other" else known_categories().get(report.category),
        trick_count=capped(sum(at >= since for at in came)),
    )


def _similar(session: Session, report: Report) -> list[Report]:
    return [] if report.closed_at else similar_reports(session, report)


def _members(session: Session, network_id: UUID, reports: Sequence[Report]) -> list[Member]:
    if not reports:
        return []
    places = place_names(session, network_id, {one.workplace_id for one in reports})
    badges = in_network(Badge, network_id).where(
        col(Badge.id).in_({one.badge_id for one in reports})
    )
    numbers = {one.id: one.number for one in session.exec(badges)}
    return [Member(one, places[one.workplace_id], numbers[one.badge_id]) for one in reports]
