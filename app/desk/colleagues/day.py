"""きょうの終わりに: what is owed, with its owner, and handing all of one's own to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

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
from app.desk.inbox.listing import PAGE, read_inbox
from app.desk.inbox.rows import GROUPS, Row, rows_of
from app.desk.inbox.wanted import Asked, get_wanted
from app.errors import DomainError
from app.instructions.calls import Call, calls_of
from app.instructions.models import Answer, Instruction
from app.instructions.phone_tasks import open_tasks
from app.instructions.standing import all_standing, answers_of
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
class Promise:
    """What a worker said they wait for: `asking` their manager until a time, or a call."""

    row: Row
    instruction: Instruction
    answer: Answer


@dataclass(frozen=True)
class Day:
    """`more`: there are open reports beyond the hundred that are listed; `more_calls`: calls beyond
    the fifty."""

    rows: dict[str, list[Row]]
    more: bool
    calls: list[Call]
    more_calls: bool
    promises: list[Promise]

    @property
    def is_empty(self) -> bool:
        return not (any(self.rows.values()) or self.calls)


def day_of(session: Session, actor: StaffActor, now: datetime) -> Day:
    inbox = read_inbox(session, actor, get_wanted(Asked()))
    listed = rows_of(session, actor, inbox.reports, inbox.newest, now)
    tasks = open_tasks(session, actor.network_id, PAGE + 1)
    return Day(
        {group: [row for row in listed if row.group == group] for group in GROUPS},
        bool(inbox.unanswered.more or inbox.instructed.more),
        calls_of(session, actor.network_id, tasks[:PAGE]),
        len(tasks) > PAGE,
        _promises(session, actor.network_id, listed),
    )


def _promises(session: Session, network_id: UUID, rows: Sequence[Row]) -> list[Promise]:
    """Of each report the newest one."""
    by_report = {row.report.id: row for row in rows}
    instructions = all_standing(session, network_id, by_report.keys())
    answers = answers_of(session, network_id, [one.id for one in instructions])
    found: dict[UUID, Promise] = {}
    for one in instructions:
        if answer := _promised(answers.get(one.id, {})):
            found[one.report_id] = Promise(by_report[one.report_id], one, answer)
    return [found[report_id] for report_id in by_report if report_id in found]


def _promised(answers: Mapping[str, Answer]) -> Answer | None:
    asking, result = answers.get("asking"), answers.get("result")
    if result and result.code in PROMISES:
        return result
    return asking if len(answers) == 1 else None


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
        mine=len(in_hand(session, actor, PAGE + 1)),
        my_calls=len(calls_in_hand(session, actor, PAGE + 1)),
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
