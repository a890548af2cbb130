"""団体・事業所: who belongs to the network, as the clerk sees it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.networks.scope import get_network
from app.office.first_steps import first_steps
from app.office.pages import organization_rows
from app.organizations.rules import Industry
from app.web.access import Permission, StaffActor, StaffWith
from app.web.rendering import render
from app.web.session import SessionDep

router = APIRouter(prefix="/office")
OrganizationReader = Annotated[StaffActor, Depends(StaffWith(Permission.ORGANIZATION_READ))]


@router.get("")
def show_office(request: Request, session: SessionDep, actor: OrganizationReader) -> Response:
    network = get_network(session, actor.network_id)
    return render(
        request,
        "office/show.html",
        actor=actor,
        network=network,
        first_steps=first_steps(session, network),
        rows=organization_rows(session, actor.network_id),
        industries=Industry,
    )
