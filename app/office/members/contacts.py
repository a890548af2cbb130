"""担当者: whom to speak with at an organization or a workplace."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.networks.scope import get_row
from app.office.members.organization import Today, organization_page
from app.office.members.organizations import Form, OrganizationWriter
from app.office.members.workplaces import workplace_page
from app.organizations.commands import add_contact_person, remove_contact_person
from app.organizations.forms import read_contact_person
from app.organizations.models import ContactPerson, Organization, Workplace
from app.web.fields import Fields
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office")


@router.post("/organizations/{organization_id}/contacts")
def add_to_organization(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    organization_id: UUID,
    form: Form,
    today: Today,
    now: Now,
) -> Response:
    organization = get_row(session, Organization, actor.network_id, organization_id)
    fields = Fields(form)
    values = read_contact_person(fields)
    if fields.wrong:
        return organization_page(request, session, actor, organization, today, contact=fields)
    add_contact_person(session, organization, actor, values, now)
    return see_other(f"/office/organizations/{organization.id}")


@router.post("/workplaces/{workplace_id}/contacts")
def add_to_workplace(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    workplace_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    organization = get_row(session, Organization, actor.network_id, workplace.organization_id)
    fields = Fields(form)
    values = read_contact_person(fields)
    if fields.wrong:
        return workplace_page(request, session, actor, workplace, contact=fields)
    add_contact_person(session, organization, actor, values, now, workplace=workplace)
    return see_other(f"/office/workplaces/{workplace.id}")


@router.post("/contacts/{contact_id}/removal")
def remove(session: SessionDep, actor: OrganizationWriter, contact_id: UUID, now: Now) -> Response:
    person = get_row(session, ContactPerson, actor.network_id, contact_id)
    remove_contact_person(session, person, actor, now)
    if person.workplace_id:
        return see_other(f"/office/workplaces/{person.workplace_id}")
    return see_other(f"/office/organizations/{person.organization_id}")
