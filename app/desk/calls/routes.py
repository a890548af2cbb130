"""電話してください: whom to phone, with the number and what to say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.badges.models import Badge
from app.badges.queries import BadgeHolder, holder_of
from app.desk.dependencies import Claimer, Reader
from app.instructions.models import Instruction, PhoneTask
from app.instructions.phone_tasks import NO_REPLY, REASONS, TOLD, may_give_up, note_call, open_tasks
from app.instructions.queries import answers_to
from app.instructions.slots import Slot, chosen_slot
from app.networks.scope import get_row
from app.reports.models import Report
from app.staff.models import Staff
from app.staff.queries import supervisors
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/calls")


class OutcomeForm(BaseModel):
    outcome: Annotated[str, Field(max_length=12)] = ""


@dataclass(frozen=True)
class Call:
    """One call that is owed: whom to phone, about what, and who is to do it. `waits_until`: by when
    they wanted to know, who are asking their manager. `slot`: the time that was agreed."""

    task: PhoneTask
    instruction: Instruction
    report: Report
    holder: BadgeHolder
    assigned_to: str
    waits_until: datetime | None
    slot: Slot | None


def calls_of(session: Session, network_id: UUID) -> list[Call]:
    """What is owed since when comes first; what is promised for later last."""
    calls = [call_of(session, task) for task in open_tasks(session, network_id)]
    return sorted(calls, key=lambda call: call.task.due_at or call.task.created_at)


def call_of(session: Session, task: PhoneTask) -> Call:
    network_id = task.network_id
    instruction = get_row(session, Instruction, network_id, task.instruction_id)
    report = get_row(session, Report, network_id, instruction.report_id)
    badge = get_row(session, Badge, network_id, report.badge_id)
    counsellor = get_row(session, Staff, network_id, task.assigned_to_id)
    answers = answers_to(session, instruction)
    asking, slot = answers.get("asking"), chosen_slot(instruction, answers)
    return Call(
        task,
        instruction,
        report,
        holder_of(session, badge),
        counsellor.name,
        asking.until if asking and not slot else None,
        slot,
    )


@router.get("")
def show_calls(request: Request, session: SessionDep, actor: Reader) -> Response:
    return render(
        request,
        "desk/calls/calls.html",
        actor=actor,
        calls=calls_of(session, actor.network_id),
        supervisors=[one.name for one in supervisors(session, actor.network_id)],
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
