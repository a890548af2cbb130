"""Who hasn't agreed to the current version of お約束: badges in somebody's hands, by workplace."""

from typing import Any
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.badges.models import Agreement, Badge
from app.badges.rules import BadgeKind, BadgeState
from app.networks.models import Network
from app.networks.scope import get_row, in_network
from app.organizations.models import Organization, Workplace

PAGE = 50
HELD = (BadgeState.PRINTED, BadgeState.IN_USE)


def has_agreed(network: Network) -> Any:
    """Of the badge that the query is about."""
    agreed = select(Agreement.id).where(
        Agreement.network_id == network.id,
        Agreement.badge_id == Badge.id,
        Agreement.version == network.secrecy_version,
    )
    return agreed.exists()


def owing_places(
    session: Session, network: Network, after: UUID | None
) -> list[tuple[Workplace, Organization, int]]:
    """Workplaces with badges in somebody's hands under which nobody has agreed to the current
    version, and how many those are; at most a page, and one more."""
    owing = (
        select(Badge.workplace_id, func.count())
        .where(Badge.network_id == network.id, Badge.kind == BadgeKind.PERSONAL)
        .where(col(Badge.state).in_(HELD), ~has_agreed(network))
        .group_by(col(Badge.workplace_id))
        .order_by(col(Badge.workplace_id))
        .limit(PAGE + 1)
    )
    if after:
        owing = owing.where(col(Badge.workplace_id) > after)
    counts = dict(session.exec(owing).all())
    return [(*place_of(session, network.id, one), counts[one]) for one in counts]


def place_of(session: Session, network_id: UUID, place: UUID) -> tuple[Workplace, Organization]:
    workplace = get_row(session, Workplace, network_id, place)
    return workplace, get_row(session, Organization, network_id, workplace.organization_id)


def owing_badges(session: Session, network: Network, workplace: Workplace) -> list[Badge]:
    query = in_network(Badge, network.id).where(
        Badge.workplace_id == workplace.id,
        Badge.kind == BadgeKind.PERSONAL,
        col(Badge.state).in_(HELD),
        ~has_agreed(network),
    )
    return list(session.exec(query.order_by(col(Badge.number))))
