"""What a new clerk has to know, as the rows say it today. Nothing is guessed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func

from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.clock import TOKYO
from app.instructions.phone_tasks import count_open_tasks
from app.networks.models import Network
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.reports.models import Report
from app.staff.models import Staff

AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Expiry:
    """So many badges are valid until that day."""

    on: date
    badges: int


@dataclass(frozen=True)
class Facts:
    """`standings`, `badges`: counts by code, organizations and workplaces without those that left.
    `ended`: badges in use that are past their day."""

    network: Network
    organizations: int
    standings: dict[str, int]
    workplaces: int
    badges: dict[str, int]
    not_handed_over: int
    ended: int
    expiries: list[Expiry]
    staff: list[Staff]
    open_reports: int
    open_calls: int


def facts_of(session: Session, network: Network, now: datetime) -> Facts:
    today = now.astimezone(TOKYO).date()
    standings = counted(session, _taking_part(Organization, network.id), Organization.standing)
    industries = counted(session, _taking_part(Workplace, network.id), Workplace.industry)
    return Facts(
        network=network,
        organizations=sum(standings.values()),
        standings=standings,
        workplaces=sum(industries.values()),
        badges=counted(session, in_network(Badge, network.id), Badge.state),
        not_handed_over=_count(
            session,
            in_network(Badge, network.id).where(_is_live(), col(Badge.handed_over_at).is_(None)),
        ),
        ended=_count(
            session, in_network(Badge, network.id).where(_is_live(), Badge.valid_until < today)
        ),
        expiries=expiries(session, network.id, today),
        staff=people(session, network.id),
        open_reports=_count(
            session, in_network(Report, network.id).where(col(Report.closed_at).is_(None))
        ),
        open_calls=count_open_tasks(session, network.id),
    )


def counted(session: Session, query: Any, column: Any) -> dict[str, int]:
    columns = query.with_only_columns(col(column), func.count())
    return {row[0]: row[1] for row in session.execute(columns.group_by(col(column)))}


def expiries(session: Session, network_id: UUID, today: date) -> list[Expiry]:
    """Of live badges, by day, within the next twelve months."""
    live = in_network(Badge, network_id).where(
        _is_live(), col(Badge.valid_until).between(today, today + AHEAD)
    )
    days = live.with_only_columns(col(Badge.valid_until), func.count()).group_by(
        col(Badge.valid_until)
    )
    return [Expiry(*row) for row in session.execute(days.order_by(col(Badge.valid_until)))]


def people(session: Session, network_id: UUID) -> list[Staff]:
    query = in_network(Staff, network_id).where(col(Staff.ended_at).is_(None))
    return list(session.exec(query.order_by(col(Staff.role), col(Staff.created_at))))


def _taking_part(model: Any, network_id: UUID) -> Any:
    return in_network(model, network_id).where(col(model.ended_on).is_(None))


def _is_live() -> Any:
    return col(Badge.state) != BadgeState.STOPPED


def _count(session: Session, query: Any) -> int:
    return int(session.execute(query.with_only_columns(func.count())).scalar_one())
