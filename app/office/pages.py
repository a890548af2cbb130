"""What a clerk sees: organizations with their workplaces, and badges with their states. Counts and
states only; what was reported is for counsellors."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import Select

from app.badges.models import Badge
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace

PAGE = 50


@dataclass(frozen=True)
class BadgeRow:
    badge: Badge
    workplace: Workplace
    organization: Organization


@dataclass(frozen=True)
class BadgeFilter:
    """What the clerk narrows the list to; `after` is the last number already shown."""

    text: str = ""
    industry: str = ""
    state: str = ""
    after: str = ""


@dataclass(frozen=True)
class OrganizationRow:
    organization: Organization
    workplaces: list[Workplace]
    badges: dict[UUID, int]


def badge_rows(session: Session, network_id: UUID, wanted: BadgeFilter) -> list[BadgeRow]:
    """At most a page, and one more if there is a next one."""
    found = matching_badges(network_id, wanted).order_by(col(Badge.number)).limit(PAGE + 1)
    return [BadgeRow(*row) for row in session.exec(found).all()]


def matching_badges(
    network_id: UUID, wanted: BadgeFilter
) -> Select[Badge, Workplace, Organization]:
    """Each badge that the clerk asked for, with its place."""
    query = (
        select(Badge, Workplace, Organization)
        .where(Badge.network_id == network_id, col(Badge.number) > wanted.after)
        .join(
            Workplace,
            (col(Workplace.network_id) == col(Badge.network_id))
            & (col(Workplace.id) == col(Badge.workplace_id)),
        )
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
    )
    if wanted.industry:
        query = query.where(Workplace.industry == wanted.industry)
    if wanted.state:
        query = query.where(Badge.state == wanted.state)
    if text := wanted.text.strip():
        query = query.where(
            or_(
                col(Badge.number).contains(text.upper(), autoescape=True),
                col(Workplace.name).contains(text, autoescape=True),
                col(Organization.name).contains(text, autoescape=True),
            )
        )
    return query


def organization_rows(session: Session, network_id: UUID) -> list[OrganizationRow]:
    workplaces: dict[UUID, list[Workplace]] = {}
    places = in_network(Workplace, network_id).order_by(
        col(Workplace.created_at), col(Workplace.id)
    )
    for workplace in session.exec(places):
        workplaces.setdefault(workplace.organization_id, []).append(workplace)
    counts = badge_counts(session, network_id)
    organizations = in_network(Organization, network_id).order_by(
        col(Organization.created_at), col(Organization.id)
    )
    return [
        OrganizationRow(organization, workplaces.get(organization.id, []), counts)
        for organization in session.exec(organizations)
    ]


def badge_counts(session: Session, network_id: UUID) -> dict[UUID, int]:
    query = (
        select(Badge.workplace_id, func.count())
        .where(Badge.network_id == network_id, Badge.state != "stopped")
        .group_by(col(Badge.workplace_id))
    )
    return dict(session.exec(query).all())
