"""試行: the pilots, one with its workplaces and results, and answers that came on paper."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.errors import N_, Invalid, NotFound
from app.ids import read_id
from app.networks.scope import get_network, get_row
from app.organizations.commands import change
from app.organizations.models import Workplace
from app.organizations.queries import places_holding
from app.pilots.commands import (
    add_participant,
    add_pilot,
    keep_answer,
    remove_participant,
    write_review,
)
from app.pilots.forms import read_pilot, read_review, read_ticks
from app.pilots.models import Pilot, Survey
from app.pilots.papers import address_of
from app.pilots.queries import (
    answer_counts,
    get_survey,
    participants_of,
    pilots_of,
    results_of,
)
from app.pilots.questions import QUESTIONS
from app.pilots.rules import Phase, window_of
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/pilots")
Runner = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]
Form = Annotated[FormData, Depends(read_form)]


@router.get("")
def show_pilots(request: Request, session: SessionDep, actor: Runner) -> Response:
    return render(
        request,
        "pilots/show.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        pilots=pilots_of(session, actor.network_id),
    )


@router.get("/new")
def show_new(request: Request, session: SessionDep, actor: Runner) -> Response:
    return pilot_form(request, session, actor, Fields({}))


@router.post("")
def create(request: Request, session: SessionDep, actor: Runner, form: Form, now: Now) -> Response:
    fields = Fields(form)
    values = read_pilot(fields)
    if fields.wrong:
        return pilot_form(request, session, actor, fields)
    return see_other(f"/office/pilots/{add_pilot(session, actor, values, now).id}")


@router.get("/{pilot_id}")
def show_pilot(
    request: Request,
    session: SessionDep,
    actor: Runner,
    pilot_id: UUID,
    text: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    review = Fields({"good": pilot.good, "better": pilot.better})
    return pilot_page(request, session, actor, pilot, review, one_line(text).strip())


def pilot_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    pilot: Pilot,
    typed: Fields,
    text: str = "",
) -> Response:
    """`typed`: the review; `text`: by what a workplace is looked for."""
    base = request.app.state.settings.base_url
    participants = participants_of(session, pilot)
    codes = {one.surveys[phase].code for one in participants for phase in Phase}
    return render(
        request,
        "pilots/pilot.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        pilot=pilot,
        participants=participants,
        addresses={code: address_of(base, code) for code in codes},
        results=results_of(session, pilot, request.app.state.clock().astimezone(TOKYO).date()),
        phases=Phase,
        windows={phase: window_of(phase, pilot.begins_on, pilot.ends_on) for phase in Phase},
        typed=typed,
        text=text,
        places=places_holding(session, actor.network_id, text) if text else [],
    )


@router.get("/{pilot_id}/edit")
def show_edit(request: Request, session: SessionDep, actor: Runner, pilot_id: UUID) -> Response:
    known = get_row(session, Pilot, actor.network_id, pilot_id)
    days = {"begins_on": known.begins_on.isoformat(), "ends_on": known.ends_on.isoformat()}
    return pilot_form(request, session, actor, Fields({"name": known.name, **days}), known)


@router.post("/{pilot_id}")
def save(
    request: Request, session: SessionDep, actor: Runner, pilot_id: UUID, form: Form, now: Now
) -> Response:
    known, fields = get_row(session, Pilot, actor.network_id, pilot_id), Fields(form)
    values = read_pilot(fields)
    if fields.wrong:
        return pilot_form(request, session, actor, fields, known)
    change(session, known, actor, "pilot.change", values, now)
    return see_other(f"/office/pilots/{known.id}")


@router.post("/{pilot_id}/workplaces")
def add_workplace(
    session: SessionDep, actor: Runner, pilot_id: UUID, form: Form, now: Now
) -> Response:
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    chosen = read_id(form.get("workplace"))
    if chosen is None:
        raise Invalid(N_("事業所を選んでください。"))
    workplace = get_row(session, Workplace, actor.network_id, chosen)
    add_participant(session, pilot, workplace, actor, now)
    return see_other(f"/office/pilots/{pilot.id}")


@router.post("/{pilot_id}/workplaces/{workplace_id}/removal")
def remove_workplace(
    session: SessionDep, actor: Runner, pilot_id: UUID, workplace_id: UUID, now: Now
) -> Response:
    pilot = get_row(session, Pilot, actor.network_id, pilot_id)
    workplace = get_row(session, Workplace, actor.network_id, workplace_id)
    remove_participant(session, pilot, workplace, actor, now)
    return see_other(f"/office/pilots/{pilot.id}")


@router.post("/{pilot_id}/review")
def review(
    request: Request, session: SessionDep, actor: Runner, pilot_id: UUID, form: Form, now: Now
) -> Response:
    pilot, fields = get_row(session, Pilot, actor.network_id, pilot_id), Fields(form)
    values = read_review(fields)
    if fields.wrong:
        return pilot_page(request, session, actor, pilot, fields)
    write_review(session, pilot, actor, values, now)
    return see_other(f"/office/pilots/{pilot.id}")


@router.get("/{pilot_id}/surveys/{survey_id}")
def show_paper(
    request: Request, session: SessionDep, actor: Runner, pilot_id: UUID, survey_id: UUID
) -> Response:
    survey = survey_in(session, actor, pilot_id, survey_id)
    return paper_form(request, session, actor, survey, Fields({}))


@router.post("/{pilot_id}/surveys/{survey_id}")
def type_in(
    request: Request,
    session: SessionDep,
    actor: Runner,
    pilot_id: UUID,
    survey_id: UUID,
    form: Form,
    now: Now,
) -> Response:
    survey, fields = survey_in(session, actor, pilot_id, survey_id), Fields(form)
    ticks = read_ticks(form, fields)
    if fields.wrong:
        return paper_form(request, session, actor, survey, fields)
    keep_answer(session, survey, ticks, now, actor=actor)
    return see_other(f"/office/pilots/{pilot_id}/surveys/{survey_id}")


def survey_in(session: Session, actor: StaffActor, pilot_id: UUID, survey_id: UUID) -> Survey:
    survey = get_row(session, Survey, actor.network_id, survey_id)
    if survey.pilot_id != pilot_id:
        raise NotFound(N_("見つかりません。"))
    return survey


def paper_form(
    request: Request, session: Session, actor: StaffActor, survey: Survey, typed: Fields
) -> Response:
    found = get_survey(session, survey.code)
    counts = answer_counts(session, actor.network_id, [survey.id])
    return render(
        request,
        "pilots/paper.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=found.network,
        found=found,
        answered=counts.get(survey.id, 0),
        questions=QUESTIONS,
        typed=typed,
    )


def pilot_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    typed: Fields,
    known: Pilot | None = None,
) -> Response:
    return render(
        request,
        "pilots/pilot_form.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed,
        known=known,
    )
