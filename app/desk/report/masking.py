"""個人情報を伏せる: what in a note names somebody, marked beforehand, goes for good."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Claimer, Loaded
from app.desk.report.notes import Opened, open_note
from app.errors import DomainError
from app.reports.forms import NOTE_LENGTH
from app.reports.masking import mask_note, state_of
from app.reports.models import Report
from app.web.access import StaffActor
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}/masking")
Code = Annotated[str, Field(max_length=12)]


class MaskForm(BaseModel):
    part: Annotated[list[Code], Field(max_length=NOTE_LENGTH * 2)] = []
    seen: Annotated[str, Field(max_length=16)] = ""


@dataclass(frozen=True)
class Masking:
    """A note about to be masked. `seen`: its state as it is shown; `result`: came with a result."""

    report: Report
    note: Opened
    seen: str
    result: bool = False


def masking_of(request: Request, session: Session, report: Report) -> Masking:
    note = open_note(session, request.app.state.master_key, report)
    return Masking(report, note, state_of(report.envelope))


@router.get("")
def show_masking(request: Request, session: SessionDep, actor: Claimer, report: Loaded) -> Response:
    return masking_page(request, actor, masking_of(request, session, report))


@router.post("")
def mask(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    report: Loaded,
    now: Now,
    form: Annotated[MaskForm, Form()],
) -> Response:
    note = masking_of(request, session, report).note.text
    try:
        if note:
            mask_note(session, report, note, form.part, form.seen, actor, now)
    except DomainError as refused:
        return masking_page(request, actor, masking_of(request, session, report), refused)
    return see_other(f"/desk/reports/{report.id}")


def masking_page(
    request: Request, actor: StaffActor, masking: Masking, refused: DomainError | None = None
) -> Response:
    """The report instead, where no note opens."""
    if not masking.note.text:
        return see_other(f"/desk/reports/{masking.report.id}")
    return render(
        request,
        "desk/report/masking.html",
        status=refused.status if refused else 200,
        actor=actor,
        report=masking.report,
        parts=masking.note.parts,
        seen=masking.seen,
        result=masking.result,
        error=say(refused.message, **refused.values) if refused else None,
    )
