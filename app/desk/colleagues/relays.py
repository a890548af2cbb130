"""申し送り as its receiver reads it, until they press 受け取りました."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.claims.models import Relay
from app.claims.relaying import get_own_relay, receive_relay, reports_of
from app.desk.dependencies import Claimer
from app.networks.scope import get_row
from app.organizations.queries import place_names
from app.staff.models import Staff
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/relays/{relay_id}")


def get_relay(session: SessionDep, actor: Claimer, relay_id: UUID) -> Relay:
    return get_own_relay(session, actor, get_row(session, Relay, actor.network_id, relay_id))


Mine = Annotated[Relay, Depends(get_relay)]


@router.get("")
def show_relay(request: Request, session: SessionDep, actor: Claimer, relay: Mine) -> Response:
    reports = reports_of(session, relay)
    return render(
        request,
        "desk/colleagues/relay.html",
        actor=actor,
        relay=relay,
        giver=get_row(session, Staff, relay.network_id, relay.from_id).name,
        reports=reports,
        places=place_names(session, relay.network_id, {one.workplace_id for one in reports}),
    )


@router.post("/receipt")
def confirm_receipt(session: SessionDep, actor: Claimer, relay: Mine, now: Now) -> Response:
    receive_relay(session, relay, actor, now)
    return see_other("/desk")
