"""当番: who is told first of urgent reports that nobody takes, and on which browser."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from app.deliveries.subscriptions import browsers_of
from app.desk.dependencies import Reader
from app.networks.opening_hours import closing_today
from app.networks.scope import get_network, get_row
from app.staff.models import Staff
from app.staff.queries import on_duty
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/duty")
LONGEST = timedelta(hours=12)


class DutyForm(BaseModel):
    on: Annotated[str, Field(max_length=3)] = ""


@router.get("")
def show_duty(request: Request, session: SessionDep, actor: Reader, now: Now) -> Response:
    people = on_duty(session, actor.network_id, now)
    return render(
        request,
        "desk/calls/duty.html",
        actor=actor,
        people=people,
        is_on=any(one.id == actor.id for one in people),
        browsers=browsers_of(session, actor),
    )


@router.post("")
def change_duty(
    session: SessionDep, actor: Reader, now: Now, form: Annotated[DutyForm, Form()]
) -> Response:
    """Until the centre closes today, or for twelve hours when it is closed."""
    network = get_network(session, actor.network_id)
    closing = closing_today(network.hours, now)
    until = closing if closing and closing > now else now + LONGEST
    me = get_row(session, Staff, actor.network_id, actor.id)
    me.on_duty_until = until if form.on else None
    return see_other("/desk/duty")
