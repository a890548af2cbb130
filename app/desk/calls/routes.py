"""電話してください: whom to phone, with the number and what to say."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Claimer, Reader
from app.desk.inbox.listing import PAGE, capped
from app.ids import read_id
from app.instructions.calls import calls_of
from app.instructions.models import PhoneTask
from app.instructions.phone_tasks import NO_REPLY, REASONS, TOLD, may_give_up, note_call, open_tasks
from app.networks.scope import get_row
from app.staff.queries import supervisors
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/calls")


class OutcomeForm(BaseModel):
    outcome: Annotated[str, Field(max_length=12)] = ""


@router.get("")
def show_calls(
    request: Request,
    session: SessionDep,
    actor: Reader,
    first: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Fifty, from the oldest or from that one on."""
    network_id = actor.network_id
    tasks = open_tasks(session, network_id, PAGE + 1, read_id(first))
    return render(
        request,
        "desk/calls/calls.html",
        actor=actor,
        calls=calls_of(session, network_id, tasks[:PAGE]),
        count=capped(len(open_tasks(session, network_id, PAGE + 1))),
        is_first=not first,
        more=tasks[PAGE].id if len(tasks) > PAGE else None,
        supervisors=[one.name for one in supervisors(session, network_id)],
        outcomes=(TOLD, NO_REPLY, *(REASONS if may_give_up(actor) else ())),
    )


def get_task(session: SessionDep, actor: Claimer, task_id: UUID) -> PhoneTask:
    return get_row(session, PhoneTask, actor.network_id, task_id)


@router.post("/{task_id}/outcome")
def note_outcome(
    session: SessionDep,
    actor: Claimer,
    now: Now,
    task: Annotated[PhoneTask, Depends(get_task)],
    form: Annotated[OutcomeForm, Form()],
) -> Response:
    note_call(session, task, actor, form.outcome, now)
    return see_other("/desk/calls")
