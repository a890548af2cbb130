"""One organization: its standing, term and workplaces; renewing its term, and ending it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.ending import end_organization, working_badges
from app.badges.rules import BadgeKind
from app.badges.secrecy import representatives_of
from app.clock import TOKYO
from app.networks.scope import get_network, get_row
from app.office.members.organizations import Form, OrganizationReader, OrganizationWriter
from app.office.members.rows import badge_counts, phone_counts
from app.organizations.commands import renew_term, take_back
from app.organizations.forms import read_term
from app.organizations.models import Organization
from app.organizations.queries import contact_persons_of, terms_of, workplaces_of
from app.organizations.rules import ends_soon, needs_ground
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/organizations")


def today_in_japan(now: Now) -> date:
    return now.astimezone(TOKYO).date()


Today = Annotated[date, Depends(today_in_japan)]


@router.get("/{organization_id}")
def show(
    request: Request,
    session: SessionDep,
    actor: OrganizationReader,
    organization_id: UUID,
    today: Today,
) -> Response:
    organization = get_row(session, Organization, actor.network_id, organization_id)
    return organization_page(request, session, actor, organization, today)


def organization_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    organization: Organization,
    today: date,
    **typed: Fields,
) -> Response:
    """`term`, `contact`, `agreement`: what was typed into one of the page's forms and is wrong."""
    workplaces = workplaces_of(session, actor.network_id, [organization.id])
    ids = [one.id for one in workplaces]
    forms: dict[str, Any] = {"term": Fields({}), "contact": Fields({}), "agreement": Fields({})}
    return render(
        request,
        "office/members/organization.html",
        status=422 if typed else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        organization=organization,
        owes_ground=needs_ground(organization.standing)
        and not (organization.ground and organization.commissioned_on),
        ends_soon=ends_soon(organization.term_ends_on, today),
        today=today,
        workplaces=workplaces,
        badges=badge_counts(session, actor.network_id, ids),
        shared=badge_counts(session, actor.network_id, ids, BadgeKind.SHARED),
        phones=phone_counts(session, actor.network_id, ids),
        contacts=contact_persons_of(session, organization),
        terms=terms_of(session, organization),
        representatives=representatives_of(session, organization),
        **(forms | typed),
    )


@router.post("/{organization_id}/term")
def renew(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    organization_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    organization, fields = (
        get_row(session, Organization, actor.network_id, organization_id),
        Fields(form),
    )
    values = read_term(fields, needed=True)
    if fields.wrong:
        today = today_in_japan(now)
        return organization_page(request, session, actor, organization, today, term=fields)
    renew_term(session, organization, actor, values, now)
    return see_other(f"/office/organizations/{organization.id}")


@router.get("/{organization_id}/end")
def show_end(
    request: Request, session: SessionDep, actor: OrganizationWriter, organization_id: UUID
) -> Response:
    """What ending does, with the number of badges that will stop."""
    organization = get_row(session, Organization, actor.network_id, organization_id)
    workplaces = workplaces_of(session, actor.network_id, [organization.id])
    return render(
        request,
        "office/members/ending.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        name=organization.name,
        ended_on=organization.ended_on,
        path=f"/office/organizations/{organization.id}",
        workplaces=[one for one in workplaces if not one.ended_on],
        badges=session.exec(working_badges(actor.network_id, workplaces)).all(),
    )


@router.post("/{organization_id}/end")
def end(
    session: SessionDep, actor: OrganizationWriter, organization_id: UUID, today: Today, now: Now
) -> Response:
    organization = get_row(session, Organization, actor.network_id, organization_id)
    end_organization(session, organization, actor, today, now)
    return see_other(f"/office/organizations/{organization.id}")


@router.post("/{organization_id}/return")
def return_to_network(
    session: SessionDep, actor: OrganizationWriter, organization_id: UUID, now: Now
) -> Response:
    organization = get_row(session, Organization, actor.network_id, organization_id)
    take_back(session, organization, actor, now)
    return see_other(f"/office/organizations/{organization.id}")
