"""団体・事業所: who belongs to the network, as the clerk sees it, and adding one by hand."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_
from app.networks.scope import get_network, get_row
from app.office.members.first_steps import first_steps
from app.office.members.rows import (
    ENDING_SHOWN,
    ONLY,
    PAGE,
    OrganizationFilter,
    ending_terms,
    organization_rows,
)
from app.organizations.commands import add_organization, change
from app.organizations.forms import Values, read_organization
from app.organizations.models import Organization
from app.organizations.queries import is_name_taken
from app.organizations.rules import Approval, Ground, Standing
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office")
OrganizationReader = Annotated[StaffActor, Depends(StaffWith(Permission.ORGANIZATION_READ))]
OrganizationWriter = Annotated[StaffActor, Depends(StaffWith(Permission.ORGANIZATION_WRITE))]
Form = Annotated[FormData, Depends(read_form)]


@router.get("")
def show_office(
    request: Request,
    session: SessionDep,
    actor: OrganizationReader,
    now: Now,
    text: Annotated[str, Query(max_length=60)] = "",
    standing: Annotated[str, Query(max_length=12)] = "",
    only: Annotated[str, Query(max_length=12)] = "",
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    wanted = OrganizationFilter(*map(one_line, (text, standing, only, after)))
    network = get_network(session, actor.network_id)
    today = now.astimezone(TOKYO).date()
    rows = organization_rows(session, actor.network_id, wanted, today)
    ending = ending_terms(session, actor.network_id, today)
    return render(
        request,
        "office/members/show.html",
        actor=actor,
        network=network,
        first_steps=first_steps(session, network),
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        wanted=wanted,
        standings=Standing,
        only=ONLY,
        ending=ending[:ENDING_SHOWN],
        more_ending=len(ending) > ENDING_SHOWN,
        today=today,
    )


@router.get("/organizations/new")
def show_new(request: Request, session: SessionDep, actor: OrganizationWriter) -> Response:
    return organization_form(request, session, actor, Fields({}))


@router.post("/organizations")
def create(
    request: Request, session: SessionDep, actor: OrganizationWriter, form: Form, now: Now
) -> Response:
    fields = Fields(form)
    values = checked(session, actor, fields, None)
    if fields.wrong:
        return organization_form(request, session, actor, fields)
    organization = add_organization(session, actor, values, now)
    return see_other(f"/office/organizations/{organization.id}")


@router.get("/organizations/{organization_id}/edit")
def show_edit(
    request: Request, session: SessionDep, actor: OrganizationWriter, organization_id: UUID
) -> Response:
    known = get_row(session, Organization, actor.network_id, organization_id)
    typed = {name: str(value) for name, value in known.model_dump().items() if value is not None}
    return organization_form(request, session, actor, Fields(typed), known)


@router.post("/organizations/{organization_id}")
def save(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    organization_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    known, fields = get_row(session, Organization, actor.network_id, organization_id), Fields(form)
    values = checked(session, actor, fields, known)
    if fields.wrong:
        return organization_form(request, session, actor, fields, known)
    change(session, known, actor, "organization.change", values, now)
    return see_other(f"/office/organizations/{known.id}")


def checked(
    session: Session, actor: StaffActor, fields: Fields, known: Organization | None
) -> Values:
    values = read_organization(fields, known)
    if is_name_taken(session, actor.network_id, values["name"], known.id if known else None):
        fields.refuse(
            "name",
            N_("同じ名前の団体が、もうあります。終了した団体は、開いて、もう一度加えられます。"),
        )
    return values


def organization_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    fields: Fields,
    known: Organization | None = None,
) -> Response:
    return render(
        request,
        "office/members/organization_form.html",
        status=422 if fields.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=fields,
        known=known,
        standings=Standing,
        grounds=Ground,
        approvals=Approval,
    )
