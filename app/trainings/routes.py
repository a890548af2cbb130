"""研修: the trainings, one with the badges that were there, and who hasn't been to any."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from app.clock import TOKYO
from app.ids import read_id
from app.networks.scope import get_network, get_row
from app.organizations.commands import change
from app.organizations.models import Workplace
from app.organizations.queries import places_holding
from app.trainings.commands import add_training
from app.trainings.forms import read_training
from app.trainings.models import Training, TrainingMaterial
from app.trainings.queries import (
    PAGE,
    attendance_counts,
    attendances_at,
    badges_at,
    materials_of,
    trainings_before,
    untrained_places,
)
from app.trainings.rules import counts_since
from app.web.access import Permission, StaffActor, StaffWith
from app.web.fields import Fields
from app.web.forms import read_form
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep
from app.web.text import one_line

router = APIRouter(prefix="/office/trainings")
Runner = Annotated[StaffActor, Depends(StaffWith(Permission.RUNNING_WRITE))]
Form = Annotated[FormData, Depends(read_form)]
After = Annotated[str, Query(max_length=40)]


@router.get("")
def show_trainings(
    request: Request, session: SessionDep, actor: Runner, after: After = ""
) -> Response:
    network_id, last = actor.network_id, read_id(after)
    known = session.get(Training, (network_id, last)) if last else None
    rows = trainings_before(session, network_id, known)
    return render(
        request,
        "trainings/show.html",
        actor=actor,
        network=get_network(session, network_id),
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        counts=attendance_counts(session, network_id, rows[:PAGE]),
        materials=materials_of(session, network_id),
    )


@router.get("/new")
def show_new(request: Request, session: SessionDep, actor: Runner) -> Response:
    return training_form(request, session, actor, Fields({}))


@router.post("")
def create(request: Request, session: SessionDep, actor: Runner, form: Form, now: Now) -> Response:
    fields = Fields(form)
    values = read_training(fields, materials_of(session, actor.network_id))
    if fields.wrong:
        return training_form(request, session, actor, fields)
    training = add_training(session, actor, values, now)
    return see_other(f"/office/trainings/{training.id}")


@router.get("/untrained")
def show_untrained(
    request: Request, session: SessionDep, actor: Runner, now: Now, after: After = ""
) -> Response:
    today = now.astimezone(TOKYO).date()
    since = counts_since(today)
    rows = untrained_places(session, actor.network_id, since, today, read_id(after))
    return render(
        request,
        "trainings/untrained.html",
        actor=actor,
        network=get_network(session, actor.network_id),
        since=since,
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
    )


@router.get("/{training_id}")
def show_training(
    request: Request,
    session: SessionDep,
    actor: Runner,
    training_id: UUID,
    text: Annotated[str, Query(max_length=60)] = "",
    workplace: After = "",
    after: Annotated[str, Query(max_length=8)] = "",
) -> Response:
    training = get_row(session, Training, actor.network_id, training_id)
    place = read_id(workplace)
    chosen = get_row(session, Workplace, actor.network_id, place) if place else None
    return training_page(
        request,
        session,
        actor,
        training,
        Fields({}),
        text=one_line(text).strip(),
        chosen=chosen,
        after=one_line(after),
    )


def training_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    training: Training,
    typed: Fields,
    *,
    text: str = "",
    chosen: Workplace | None = None,
    after: str = "",
) -> Response:
    """`chosen`: the workplace whose badges may be ticked; `text`: what one was searched by."""
    rows = attendances_at(session, training, after)
    network_id, material_id = actor.network_id, training.material_id
    return render(
        request,
        "trainings/training.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, network_id),
        training=training,
        material=get_row(session, TrainingMaterial, network_id, material_id)
        if material_id
        else None,
        count=attendance_counts(session, network_id, [training]).get(training.id, 0),
        rows=rows[:PAGE],
        more=len(rows) > PAGE,
        typed=typed,
        text=text,
        places=places_holding(session, network_id, text) if text else [],
        chosen=chosen,
        badges=badges_at(session, chosen) if chosen else [],
    )


@router.get("/{training_id}/edit")
def show_edit(request: Request, session: SessionDep, actor: Runner, training_id: UUID) -> Response:
    known = get_row(session, Training, actor.network_id, training_id)
    values = {
        "held_on": known.held_on.isoformat(),
        "place": known.place,
        "audience": known.audience,
        "material": str(known.material_id or ""),
    }
    return training_form(request, session, actor, Fields(values), known)


@router.post("/{training_id}")
def save(
    request: Request, session: SessionDep, actor: Runner, training_id: UUID, form: Form, now: Now
) -> Response:
    known, fields = get_row(session, Training, actor.network_id, training_id), Fields(form)
    materials = materials_of(session, actor.network_id, known.material_id)
    values = read_training(fields, materials)
    if fields.wrong:
        return training_form(request, session, actor, fields, known)
    change(session, known, actor, "training.change", values, now)
    return see_other(f"/office/trainings/{known.id}")


def training_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    typed: Fields,
    known: Training | None = None,
) -> Response:
    return render(
        request,
        "trainings/training_form.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed,
        known=known,
        materials=materials_of(session, actor.network_id, known.material_id if known else None),
    )
