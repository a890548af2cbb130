"""きょうの終わりに: what is owed, with its owner, and handing all of one's own to a colleague."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.claims.colleagues import colleagues_of, read_colleague
from app.claims.notes import read_note
from app.claims.relaying import calls_in_hand, give_relay, in_hand
from app.claims.rules import RELAY_NOTE_LENGTH
from app.desk.colleagues.moving import complaint
from app.desk.dependencies import Claimer
from app.desk.inbox.listing import read_inbox
from app.desk.inbox.rows import GROUPS, Row, rows_of
from app.desk.inbox.wanted import Asked, get_wanted
from app.errors import DomainError
from app.instructions.models import Answer, Instruction, PhoneTask
from app.instructions.phone_tasks import open_tasks
from app.instructions.queries import answers_to, instructions_for
from app.instructions.slots import Slot, chosen_slot
from app.networks.scope import get_row
from app.organizations.queries import place_names
from app.reports.models import Report
from app.staff.models import Staff
from app.web.access import StaffActor
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/day")
PROMISES = ("later_morning", "later_afternoon")
"""R15: when they want to be phoned."""


class RelayForm(BaseModel):
    to: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    is_fine: Annotated[str, Field(max_length=5)] = ""


@dataclass(frozen=True)
class Call:
    """A call that is owed to a workplace, and who owes it. `slot`: for when it was promised."""

    task: PhoneTask
    report: Report
    owner: str
    place: str
    slot: Slot | None


@dataclass(frozen=True)
class Promise:
    """What a worker said they wait for: `asking` their manager until a time, or a call."""

    row: Row
    instruction: Instruction
    answer: Answer


@dataclass(frozen=True)
class Day:
    """`more`: there are open reports beyond the hundred that are listed."""

    rows: dict[str, list[Row]]
    more: bool
    calls: list[Call]
    agreed: list[Call]
    promises: list[Promise]

    @property
    def is_empty(self) -> bool:
        return not (any(self.rows.values()) or self.calls or self.agreed)


def day_of(session: Session, actor: StaffActor, now: datetime) -> Day:
    inbox = read_inbox(session, actor, get_wanted(Asked()))
    listed = rows_of(session, actor, inbox.reports, inbox.newest, now)
    calls = [_call(session, task) for task in open_tasks(session, actor.network_id)]
    agreed = [one for one in calls if one.slot]
    return Day(
        {group: [row for row in listed if row.group == group] for group in GROUPS},
        bool(inbox.unanswered.more or inbox.instructed.more),
        [one for one in calls if not one.slot],
        sorted(agreed, key=lambda call: call.task.due_at or now),
        [promise for row in listed if (promise := _promise(session, row))],
    )


def _call(session: Session, task: PhoneTask) -> Call:
    instruction = get_row(session, Instruction, task.network_id, task.instruction_id)
    report = get_row(session, Report, task.network_id, instruction.report_id)
    owner = get_row(session, Staff, task.network_id, task.assigned_to_id).name
    place = place_names(session, task.network_id, {report.workplace_id})[report.workplace_id]
    slot = chosen_slot(instruction, answers_to(session, instruction))
    return Call(task, report, owner, place, slot)


def _promise(session: Session, row: Row) -> Promise | None:
    for instruction in reversed(instructions_for(session, row.report)):
        if instruction.cancelled_at or instruction.is_withdrawn:
            continue
        answers = answers_to(session, instruction)
        asking, result = answers.get("asking"), answers.get("result")
        if result and result.code in PROMISES:
            return Promise(row, instruction, result)
        if asking and len(answers) == 1:
            return Promise(row, instruction, asking)
    return None


def day_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    now: datetime,
    form: RelayForm,
    refused: DomainError | None = None,
) -> Response:
    return render(
        request,
        "desk/colleagues/day.html",
        status=refused.status if refused else 200,
        actor=actor,
        day=day_of(session, actor, now),
        mine=len(in_hand(session, actor)),
        my_calls=len(calls_in_hand(session, actor)),
        colleagues=colleagues_of(session, actor),
        form=form,
        **complaint(refused),
    )


@router.get("")
def show_day(request: Request, session: SessionDep, actor: Claimer, now: Now) -> Response:
    return day_page(request, session, actor, now, RelayForm())


@router.post("/relay")
def relay_all(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    now: Now,
    form: Annotated[RelayForm, Form()],
) -> Response:
    try:
        to = read_colleague(session, actor, form.to)
        note = read_note(form.note, RELAY_NOTE_LENGTH, is_fine=bool(form.is_fine))
        give_relay(session, actor, to, note, now)
    except DomainError as refused:
        return day_page(request, session, actor, now, form, refused)
    return see_other("/desk/day")
