"""個人情報を伏せる: what in a note names somebody, marked beforehand, goes for good."""

from typing import Annotated

from fastapi import APIRouter, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Claimer, Loaded
from app.desk.report.pages import open_note
from app.errors import DomainError
from app.reports.forms import NOTE_LENGTH
from app.reports.masking import mask_note, parts_of, state_of
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


def note_of(request: Request, session: Session, report: Report) -> str:
    """Empty where there is none that opens."""
    note, _ = open_note(session, request.app.state.master_key, report)
    return note or ""


@router.get("")
def show_masking(request: Request, session: SessionDep, actor: Claimer, report: Loaded) -> Response:
    return _page(request, session, actor, report)


@router.post("")
def mask(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    report: Loaded,
    now: Now,
    form: Annotated[MaskForm, Form()],
) -> Response:
    note = note_of(request, session, report)
    if not note:
        return see_other(f"/desk/reports/{report.id}")
    try:
        mask_note(session, report, note, form.part, form.seen, actor, now)
    except DomainError as refused:
        return _page(request, session, actor, report, refused)
    return see_other(f"/desk/reports/{report.id}")


def _page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    refused: DomainError | None = None,
) -> Response:
    note = note_of(request, session, report)
    if not note:
        return see_other(f"/desk/reports/{report.id}")
    return render(
        request,
        "desk/report/masking.html",
        status=refused.status if refused else 200,
        actor=actor,
        report=report,
        parts=parts_of(note),
        seen=state_of(report),
        error=say(refused.message, **refused.values) if refused else None,
    )
