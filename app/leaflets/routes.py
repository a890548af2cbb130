"""啓発物: what there is and what is open, one kind, and all that one workplace asked for or has."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_
from app.ids import read_id
from app.leaflets.commands import (
    add_leaflet,
    add_order,
    add_placement,
    cancel,
    end_placement,
    give,
)
from app.leaflets.forms import (
    read_change,
    read_giving,
    read_leaflet,
    read_order,
    read_placement,
)
from app.leaflets.models import Leaflet, LeafletOrder, Placement
from app.leaflets.queries import (
    PAGE,
    leaflets_of,
    open_orders,
    open_quantities,
    orders_at,
    placed_counts,
    placements_at,
)
from app.networks.scope import get_network, get_row
from app.organizations.commands import change
from app.organizations.models import Workplace
from app.organizations.queries import place_names, places_holding
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/leaflets")
Runner = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]
Form = Annotated[FormData, Depends(read_form)]

TOO_FEW = N_(
    "在庫は%(stock)s部です。%(quantity)s部は出せません。在庫を直すか、注文を取り消してください。"
)


@router.get("")
def show_leaflets(
    request: Request,
    session: SessionDep,
    actor: Runner,
    text: Annotated[str, Query(max_length=60)] = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    network_id, wanted = actor.network_id, one_line(text).strip()
    orders = open_orders(session, network_id, read_id(after))
    names = place_names(session, network_id, {one.workplace_id for one in orders})
    return render(
        request,
        "leaflets/show.html",
        actor=actor,
        network=get_network(session, network_id),
        leaflets=leaflets_of(session, network_id),
        wanted=open_quantities(session, network_id),
        placed=placed_counts(session, network_id),
        orders=[(one, names[one.workplace_id]) for one in orders[:PAGE]],
        more=len(orders) > PAGE,
        text=wanted,
        places=places_holding(session, network_id, wanted) if wanted else [],
    )


@router.get("/new")
def show_new(request: Request, session: SessionDep, actor: Runner) -> Response:
    return leaflet_form(request, session, actor, Fields({}))


@router.post("")
def create(request: Request, session: SessionDep, actor: Runner, form: Form, now: Now) -> Response:
    fields = Fields(form)
    values = read_leaflet(fields)
    if fields.wrong:
        return leaflet_form(request, session, actor, fields)
    add_leaflet(session, actor, values, now)
    return see_other("/office/leaflets")


@router.get("/{leaflet_id}")
def show_leaflet(
    request: Request, session: SessionDep, actor: Runner, leaflet_id: UUID
) -> Response:
    known = get_row(session, Leaflet, actor.network_id, leaflet_id)
    stock = str(known.stock)
    typed = Fields({"name": known.name, "stock": stock, "was": stock})
    return leaflet_form(request, session, actor, typed, known)


@router.post("/{leaflet_id}")
def save(
    request: Request, session: SessionDep, actor: Runner, leaflet_id: UUID, form: Form, now: Now
) -> Response:
    known, fields = get_row(session, Leaflet, actor.network_id, leaflet_id), Fields(form)
    session.refresh(known, with_for_update=True)
    values = read_change(fields, known)
    if fields.wrong:
        return leaflet_form(request, session, actor, fields, known)
    change(session, known, actor, "leaflet.change", values, now)
    return see_other("/office/leaflets")


def leaflet_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    typed: Fields,
    known: Leaflet | None = None,
) -> Response:
    return render(
        request,
        "leaflets/leaflet.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed,
        known=known,
    )


@router.get("/workplaces/{workplace_id}")
def show_workplace(
    request: Request, session: SessionDep, actor: Runner, workplace_id: UUID, now: Now
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    return workplace_page(request, session, actor, workplace, now)


def workplace_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    workplace: Workplace,
    now: Now,
    *,
    order: Fields | None = None,
    placement: Fields | None = None,
    giving: tuple[UUID, Fields] | None = None,
) -> Response:
    """`order`, `placement`, `giving` (of that order): what was typed there and is wrong."""
    leaflets = leaflets_of(session, actor.network_id)
    return render(
        request,
        "leaflets/workplace.html",
        status=422 if order or placement or giving else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        workplace=workplace,
        name=place_names(session, actor.network_id, [workplace.id])[workplace.id],
        leaflets=leaflets,
        names={one.id: one.name for one in leaflets},
        orders=orders_at(session, workplace),
        placements=placements_at(session, workplace),
        order=order or Fields({}),
        placement=placement or Fields({}),
        failing=giving[0] if giving else None,
        giving=giving[1] if giving else Fields({}),
        today=now.astimezone(TOKYO).date(),
    )


@router.post("/workplaces/{workplace_id}/orders")
def order(
    request: Request, session: SessionDep, actor: Runner, workplace_id: UUID, form: Form, now: Now
) -> Response:
    workplace, fields = get_row(session, Workplace, actor.network_id, workplace_id), Fields(form)
    values = read_order(fields, leaflets_of(session, actor.network_id))
    if fields.wrong:
        return workplace_page(request, session, actor, workplace, now, order=fields)
    add_order(session, workplace, actor, values, now)
    return see_other(f"/office/leaflets/workplaces/{workplace.id}")


@router.post("/workplaces/{workplace_id}/placements")
def place(
    request: Request, session: SessionDep, actor: Runner, workplace_id: UUID, form: Form, now: Now
) -> Response:
    workplace, fields = get_row(session, Workplace, actor.network_id, workplace_id), Fields(form)
    values = read_placement(fields, leaflets_of(session, actor.network_id))
    if fields.wrong:
        return workplace_page(request, session, actor, workplace, now, placement=fields)
    add_placement(session, workplace, actor, values, now)
    return see_other(f"/office/leaflets/workplaces/{workplace.id}")


@router.post("/orders/{order_id}/giving")
def give_out(
    request: Request, session: SessionDep, actor: Runner, order_id: UUID, form: Form, now: Now
) -> Response:
    known, fields = get_row(session, LeafletOrder, actor.network_id, order_id), Fields(form)
    values = read_giving(fields)
    if not fields.wrong and not give(session, known, actor, values, now):
        leaflet = get_row(session, Leaflet, actor.network_id, known.leaflet_id)
        fields.refuse("quantity", TOO_FEW, stock=leaflet.stock, quantity=known.quantity)
    if fields.wrong:
        workplace = get_row(session, Workplace, actor.network_id, known.workplace_id)
        return workplace_page(request, session, actor, workplace, now, giving=(known.id, fields))
    return see_other(f"/office/leaflets/workplaces/{known.workplace_id}")


@router.post("/orders/{order_id}/cancellation")
def cancel_order(session: SessionDep, actor: Runner, order_id: UUID, now: Now) -> Response:
    known = get_row(session, LeafletOrder, actor.network_id, order_id)
    cancel(session, known, actor, now)
    return see_other(f"/office/leaflets/workplaces/{known.workplace_id}")


@router.post("/placements/{placement_id}/end")
def take_down(session: SessionDep, actor: Runner, placement_id: UUID, now: Now) -> Response:
    known = get_row(session, Placement, actor.network_id, placement_id)
    end_placement(session, known, actor, now.astimezone(TOKYO).date(), now)
    return see_other(f"/office/leaflets/workplaces/{known.workplace_id}")
