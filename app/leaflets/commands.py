"""Ordering, giving out and placing leaflets; more than there is can't be given."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, col

from app.errors import N_, Conflict
from app.leaflets.models import Leaflet, LeafletOrder, Placement
from app.organizations.commands import Values, note
from app.organizations.models import Workplace
from app.web.access import StaffActor


def add_leaflet(session: Session, actor: StaffActor, values: Values, now: datetime) -> Leaflet:
    leaflet = Leaflet(network_id=actor.network_id, created_at=now, **values)
    session.add(leaflet)
    session.flush()
    note(session, actor, "leaflet.add", leaflet.id, now, stock=leaflet.stock)
    return leaflet


def add_order(
    session: Session, workplace: Workplace, actor: StaffActor, values: Values, now: datetime
) -> LeafletOrder:
    """Raises Conflict for a workplace that has ended."""
    if workplace.ended_on:
        raise Conflict(N_("この事業所は終了しています。"))
    order = LeafletOrder(
        network_id=actor.network_id, workplace_id=workplace.id, ordered_at=now, **values
    )
    session.add(order)
    session.flush()
    note(session, actor, "leaflet.order", order.id, now, quantity=order.quantity)
    return order


def give(
    session: Session, order: LeafletOrder, actor: StaffActor, values: Values, now: datetime
) -> bool:
    """Takes the copies out of stock, once; False, and nothing changes, if there are too few."""
    if not order.is_open:
        raise Conflict(N_("この注文は、もう終わっています。"))
    enough = (
        update(Leaflet)
        .where(
            col(Leaflet.network_id) == actor.network_id,
            col(Leaflet.id) == order.leaflet_id,
            col(Leaflet.stock) >= order.quantity,
        )
        .values(stock=col(Leaflet.stock) - order.quantity)
    )
    taken = session.execute(enough)
    assert isinstance(taken, CursorResult)
    if taken.rowcount == 0:
        return False
    order.given_on, order.given_as = values["given_on"], values["given_as"]
    note(session, actor, "leaflet.give", order.id, now, quantity=order.quantity)
    return True


def cancel(session: Session, order: LeafletOrder, actor: StaffActor, now: datetime) -> None:
    if not order.is_open:
        raise Conflict(N_("この注文は、もう終わっています。"))
    order.cancelled_at = now
    note(session, actor, "leaflet.cancel", order.id, now)


def add_placement(
    session: Session, workplace: Workplace, actor: StaffActor, values: Values, now: datetime
) -> Placement:
    placement = Placement(network_id=actor.network_id, workplace_id=workplace.id, **values)
    session.add(placement)
    session.flush()
    note(session, actor, "leaflet.place", placement.id, now)
    return placement


def end_placement(
    session: Session, placement: Placement, actor: StaffActor, on: date, now: datetime
) -> None:
    if placement.ended_on is None:
        placement.ended_on = on
        note(session, actor, "leaflet.place_end", placement.id, now)
