"""お約束の確認: its versions, and entering what people and organizations signed on paper."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.promising import (
    note_paper_agreement,
    note_representative,
    read_promise,
    write_promise,
)
from app.badges.secrecy import KINDS, current_texts, promises, standard_promise
from app.errors import N_
from app.ids import read_id
from app.networks.scope import get_network, get_row
from app.office.members.organization import Today, organization_page
from app.office.members.organizations import Form, OrganizationReader, OrganizationWriter
from app.office.members.owing import PAGE, owing_badges, owing_places, place_of
from app.organizations.models import Organization, Workplace
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.language import Language
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office")


@router.get("/secrecy")
def show_secrecy(
    request: Request,
    session: SessionDep,
    actor: OrganizationReader,
    after: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    network = get_network(session, actor.network_id)
    rows = owing_places(session, network, read_id(after))
    return render(
        request,
        "office/members/secrecy.html",
        actor=actor,
        network=network,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        texts=current_texts(session, network),
        kinds=KINDS,
        versions=promises(session, network),
        standard=standard_promise(),
    )


@router.get("/secrecy/new")
def show_new(request: Request, session: SessionDep, actor: OrganizationWriter) -> Response:
    texts = current_texts(session, get_network(session, actor.network_id))
    typed = {f"{kind}-{lang}": texts[kind][lang] for kind in KINDS for lang in Language}
    return promise_form(request, session, actor, Fields(typed))


def promise_form(request: Request, session: Session, actor: StaffActor, typed: Fields) -> Response:
    return render(
        request,
        "office/members/promise_form.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed,
        kinds=KINDS,
    )


@router.post("/secrecy")
def publish(
    request: Request, session: SessionDep, actor: OrganizationWriter, form: Form, now: Now
) -> Response:
    fields = Fields(form)
    texts = read_promise(fields)
    if fields.wrong:
        return promise_form(request, session, actor, fields)
    network = get_network(session, actor.network_id)
    if texts != current_texts(session, network):
        write_promise(session, network, texts, actor, now)
    return see_other("/office/secrecy")


@router.get("/secrecy/workplaces/{workplace_id}")
def show_workplace(
    request: Request,
    session: SessionDep,
    actor: OrganizationReader,
    workplace_id: UUID,
) -> Response:
    return workplace_page(request, session, actor, workplace_id, Fields({}))


def workplace_page(
    request: Request, session: Session, actor: StaffActor, workplace_id: UUID, typed: Fields
) -> Response:
    network = get_network(session, actor.network_id)
    workplace, organization = place_of(session, network.id, workplace_id)
    return render(
        request,
        "office/members/secrecy_workplace.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=network,
        workplace=workplace,
        organization=organization,
        badges=owing_badges(session, network, workplace),
        typed=typed,
    )


@router.post("/secrecy/workplaces/{workplace_id}")
def enter_paper(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    workplace_id: UUID,
    form: Form,
    today: Today,
    now: Now,
) -> Response:
    network, fields = get_network(session, actor.network_id), Fields(form)
    workplace = get_row(session, Workplace, network.id, workplace_id)
    on = read_past_day(fields, today)
    ticked = {str(one) for one in form.getlist("badge")}
    chosen = [one for one in owing_badges(session, network, workplace) if str(one.id) in ticked]
    if not chosen:
        fields.refuse("badges", N_("名札に✓してください。"))
    if fields.wrong or on is None:
        return workplace_page(request, session, actor, workplace_id, fields)
    for badge in chosen:
        note_paper_agreement(session, badge, network.secrecy_version, on, actor, now)
    return see_other(f"/office/secrecy/workplaces/{workplace.id}")


@router.post("/organizations/{organization_id}/agreements")
def enter_representative(
    request: Request,
    session: SessionDep,
    actor: OrganizationWriter,
    organization_id: UUID,
    form: Form,
    today: Today,
    now: Now,
) -> Response:
    network, fields = get_network(session, actor.network_id), Fields(form)
    organization = get_row(session, Organization, network.id, organization_id)
    signer, on = fields.line("signer", 60, needed=True), read_past_day(fields, today)
    if fields.wrong or on is None:
        return organization_page(request, session, actor, organization, today, agreement=fields)
    note_representative(session, organization, signer, network.secrecy_version, on, actor, now)
    return see_other(f"/office/organizations/{organization.id}")


def read_past_day(fields: Fields, today: date) -> date | None:
    on = fields.day("agreed_on", needed=True)
    if on and on > today:
        fields.refuse("agreed_on", N_("きょうまでの日付を入れてください。"))
    return on
