"""Leaflets, what is still open, and what a workplace has."""

from uuid import UUID

from sqlmodel import Session, col, func, select

from app.leaflets.models import Leaflet, LeafletOrder, Placement
from app.networks.scope import in_network
from app.organizations.models import Workplace

PAGE = 50
KEPT_IN_SIGHT = 100


def leaflets_of(session: Session, network_id: UUID) -> list[Leaflet]:
    return list(session.exec(in_network(Leaflet, network_id).order_by(col(Leaflet.name))))


def open_orders(session: Session, network_id: UUID, after: UUID | None) -> list[LeafletOrder]:
    """The earliest first, after that one; at most a page, and one more."""
    query = in_network(LeafletOrder, network_id).where(
        col(LeafletOrder.given_on).is_(None), col(LeafletOrder.cancelled_at).is_(None)
    )
    if after:
        query = query.where(col(LeafletOrder.id) > after)
    return list(session.exec(query.order_by(col(LeafletOrder.id)).limit(PAGE + 1)))


def open_quantities(session: Session, network_id: UUID) -> dict[UUID, int]:
    """By leaflet: how many copies are asked for and not given yet."""
    query = (
        select(LeafletOrder.leaflet_id, func.sum(LeafletOrder.quantity))
        .where(LeafletOrder.network_id == network_id)
        .where(col(LeafletOrder.given_on).is_(None), col(LeafletOrder.cancelled_at).is_(None))
        .group_by(col(LeafletOrder.leaflet_id))
    )
    return {leaflet: int(quantity) for leaflet, quantity in session.exec(query)}


def placed_counts(session: Session, network_id: UUID) -> dict[UUID, int]:
    """By leaflet: in how many places it hangs or lies now."""
    query = (
        select(Placement.leaflet_id, func.count())
        .where(Placement.network_id == network_id, col(Placement.ended_on).is_(None))
        .group_by(col(Placement.leaflet_id))
    )
    return dict(session.exec(query).all())


def orders_at(session: Session, workplace: Workplace) -> list[LeafletOrder]:
    """The latest first."""
    query = in_network(LeafletOrder, workplace.network_id).where(
        LeafletOrder.workplace_id == workplace.id
    )
    return list(session.exec(query.order_by(col(LeafletOrder.id).desc()).limit(KEPT_IN_SIGHT)))


def placements_at(session: Session, workplace: Workplace) -> list[Placement]:
    """Those that are there now first."""
    query = in_network(Placement, workplace.network_id).where(
        Placement.workplace_id == workplace.id
    )
    order = query.order_by(col(Placement.ended_on).is_not(None), col(Placement.id).desc())
    return list(session.exec(order.limit(KEPT_IN_SIGHT)))
