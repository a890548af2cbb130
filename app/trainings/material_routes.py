"""教材: adding one, changing it when what happens changes, and no longer using it."""

from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.networks.scope import get_network, get_row
from app.organizations.commands import change
from app.trainings.commands import add_material, retire_material
from app.trainings.forms import read_material
from app.trainings.models import TrainingMaterial
from app.trainings.routes import Form, Runner
from app.web.access import StaffActor
from app.web.fields import Fields
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/office/trainings/materials")


@router.get("/new")
def show_new_material(request: Request, session: SessionDep, actor: Runner) -> Response:
    return material_form(request, session, actor, Fields({}))


@router.post("")
def create_material(
    request: Request, session: SessionDep, actor: Runner, form: Form, now: Now
) -> Response:
    fields = Fields(form)
    values = read_material(fields)
    if fields.wrong:
        return material_form(request, session, actor, fields)
    add_material(session, actor, values, now)
    return see_other("/office/trainings")


@router.get("/{material_id}")
def show_material(
    request: Request, session: SessionDep, actor: Runner, material_id: UUID
) -> Response:
    material = get_row(session, TrainingMaterial, actor.network_id, material_id)
    return material_form(request, session, actor, Fields(material.model_dump()), material)


@router.post("/{material_id}")
def save_material(
    request: Request, session: SessionDep, actor: Runner, material_id: UUID, form: Form, now: Now
) -> Response:
    material = get_row(session, TrainingMaterial, actor.network_id, material_id)
    fields = Fields(form)
    values = read_material(fields)
    if fields.wrong:
        return material_form(request, session, actor, fields, material)
    change(session, material, actor, "training.material_change", values, now)
    return see_other("/office/trainings")


@router.post("/{material_id}/retirement")
def retire(session: SessionDep, actor: Runner, material_id: UUID, now: Now) -> Response:
    material = get_row(session, TrainingMaterial, actor.network_id, material_id)
    retire_material(session, material, actor, now)
    return see_other("/office/trainings")


def material_form(
    request: Request,
    session: Session,
    actor: StaffActor,
    typed: Fields,
    known: TrainingMaterial | None = None,
) -> Response:
    return render(
        request,
        "trainings/material.html",
        status=422 if typed.wrong else 200,
        actor=actor,
        network=get_network(session, actor.network_id),
        typed=typed,
        known=known,
    )
