"""事業所・店舗: one workplace with its badges, adding one, changing it, and ending it."""

from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.ending import end_workplace, working_badges
from app.badges.queries import has_badges
from app.errors import N_, Conflict
from app.networks.scope import get_network, get_row
from app.office.members.organization import Today
from app.office.members.organizations import Form, OrganizationReader, OrganizationWriter
from app.office.members.rows import phone_counts
from app.office.roster.applying import new_workplace_code
from app.organizations.commands import add_workplace, change, take_back
from app.organizations.forms import Values, read_workplace
from app.organizations.models import Organization, Workplace
from app.organizations.queries import contact_persons_of, is_workplace_known
from app.organizations.rules import Industry
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office")
BADGES_SHOWN = 100


@router.get("/organizations/{organization_id}/workplaces/new")
def show_new(
    request: Request, session: SessionDep, actor: OrganizationWriter, organization_id: UUID
) -> Response:
    organization = get_running(session, actor, organization_id)
    return workplace_form(request, session, actor, organization, Fields({}))


@router.post("/organizations/{organization_id}/workplaces")
def create(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    organization_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    organization, fields = get_running(session, actor, organization_id), Fields(form)
    values = checked(session, fields, organization, None)
    if fields.wrong:
        return workplace_form(request, session, actor, organization, fields)
    values["code"] = new_workplace_code()
    workplace = add_workplace(session, organization, actor, values, now)
    return see_other(f"/office/workplaces/{workplace.id}")


def get_running(session: Session, actor: StaffActor, organization_id: UUID) -> Organization:
    """Raises Conflict for an organization that has left."""
    organization = get_row(session, Organization, actor.network_id, organization_id)
    if organization.ended_on:
        raise Conflict(N_("この団体は終了しています。"))
    return organization


@router.get("/workplaces/{workplace_id}")
def show(
    request: Request, session: SessionDep, actor: OrganizationReader, workplace_id: UUID
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    return workplace_page(request, session, actor, workplace)


def workplace_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    workplace: Workplace,
    *,
    contact: Fields | None = None,
) -> Response:
    organization = get_row(session, Organization, actor.network_id, workplace.organization_id)
    badges = session.exec(
        working_badges(actor.network_id, [workplace]).limit(BADGES_SHOWN + 1)
    ).all()
    return render(
        request,
        "office/members/workplace.html",
        status=422 if contact else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        organization=organization,
        workplace=workplace,
        badges=badges[:BADGES_SHOWN],
        more=len(badges) > BADGES_SHOWN,
        phones=phone_counts(session, actor.network_id, [workplace.id]).get(workplace.id, 0),
        contacts=contact_persons_of(session, organization, workplace),
        contact=contact or Fields({}),
    )


@router.get("/workplaces/{workplace_id}/edit")
def show_edit(
    request: Request, session: SessionDep, actor: OrganizationWriter, workplace_id: UUID
) -> Response:
    known = get_row(session, Workplace, actor.network_id, workplace_id)
    organization = get_row(session, Organization, actor.network_id, known.organization_id)
    return workplace_form(request, session, actor, organization, Fields(known.model_dump()), known)


@router.post("/workplaces/{workplace_id}")
def save(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    workplace_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    known, fields = get_row(session, Workplace, actor.network_id, workplace_id), Fields(form)
    organization = get_row(session, Organization, actor.network_id, known.organization_id)
    values = checked(session, fields, organization, known)
    if fields.wrong:
        return workplace_form(request, session, actor, organization, fields, known)
    change(session, known, actor, "workplace.change", values, now)
    return see_other(f"/office/workplaces/{known.id}")


def checked(
    session: Session, fields: Fields, organization: Organization, known: Workplace | None
) -> Values:
    is_fixed = known is not None and has_badges(session, known)
    values = read_workplace(fields, industry=known.industry if known and is_fixed else "")
    but = known.id if known else None
    if is_workplace_known(session, organization, values["name"], values["industry"], but):
        fields.refuse("name", N_("この団体に、同じ名前と業種の事業所が、もうあります。"))
    return values


def workplace_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    organization: Organization,
    fields: Fields,
    known: Workplace | None = None,
) -> Response:
    return render(
        request,
        "office/members/workplace_form.html",
        status=422 if fields.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        organization=organization,
        typed=fields,
        known=known,
        industry_is_fixed=known is not None and has_badges(session, known),
        industries=Industry,
    )


@router.get("/workplaces/{workplace_id}/end")
def show_end(
    request: Request, session: SessionDep, actor: OrganizationWriter, workplace_id: UUID
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    organization = get_row(session, Organization, actor.network_id, workplace.organization_id)
    return render(
        request,
        "office/members/ending.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        name=f"{organization.name} {workplace.name}".strip(),
        ended_on=workplace.ended_on,
        path=f"/office/workplaces/{workplace.id}",
        workplaces=[],
        badges=session.exec(working_badges(actor.network_id, [workplace])).all(),
    )


@router.post("/workplaces/{workplace_id}/end")
def end(
    session: SessionDep, actor: OrganizationWriter, workplace_id: UUID, today: Today, now: Now
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    end_workplace(session, workplace, actor, today, now)
    return see_other(f"/office/workplaces/{workplace.id}")


@router.post("/workplaces/{workplace_id}/return")
def return_to_network(
    session: SessionDep, actor: OrganizationWriter, workplace_id: UUID, now: Now
) -> Response:
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    get_running(session, actor, workplace.organization_id)
    take_back(session, workplace, actor, now)
    return see_other(f"/office/workplaces/{workplace.id}")
