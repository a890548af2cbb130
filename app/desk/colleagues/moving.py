"""引き継ぐ and 引き取る: a page with one form each, and the sign that somebody has it open."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.claims.colleagues import colleagues_of, read_colleague
from app.claims.moving import hand_over, take_over
from app.claims.notes import Suspected, read_note
from app.claims.presence import note_presence
from app.claims.rules import NOTE_LENGTH
from app.desk.dependencies import Claimer, Loaded
from app.desk.returning import kept_query, see_report
from app.errors import DomainError
from app.ids import read_id
from app.instructions.phone_tasks import calls_owed_for
from app.reports.claims import claimant
from app.reports.models import Report
from app.web.access import Permission, StaffActor, StaffWith
from app.web.language import say
from app.web.rendering import render
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/reports/{report_id}")
Supervisor = Annotated[StaffActor, Depends(StaffWith(Permission.CLAIM_TAKE_OVER))]


class MoveForm(BaseModel):
    """`is_fine`: what looked like personal data is none. `claimed_by`: who had it as the page was
    made."""

    to: Annotated[str, Field(max_length=40)] = ""
    note: Annotated[str, Field(max_length=1000)] = ""
    is_fine: Annotated[str, Field(max_length=5)] = ""
    claimed_by: Annotated[str, Field(max_length=40)] = ""

    def note_read(self, *, is_needed: bool) -> str:
        return read_note(self.note, NOTE_LENGTH, is_fine=bool(self.is_fine), is_needed=is_needed)


class PresenceForm(BaseModel):
    writing: Annotated[str, Field(max_length=1)] = ""


def move_page(
    request: Request,
    session: Session,
    actor: StaffActor,
    report: Report,
    way: str,
    form: MoveForm,
    refused: DomainError | None = None,
) -> Response:
    return render(
        request,
        "desk/colleagues/move.html",
        status=refused.status if refused else 200,
        actor=actor,
        kept=kept_query(request),
        report=report,
        way=way,
        form=form,
        claimed_by=claimant(session, report),
        calls=calls_of(session, report),
        colleagues=colleagues_of(session, actor) if way == "handover" else [],
        **complaint(refused),
    )


def calls_of(session: Session, report: Report) -> int:
    """How many calls go along."""
    owner_id = report.claimed_by_id
    return len(calls_owed_for(session, report, owner_id)) if owner_id else 0


def complaint(refused: DomainError | None) -> dict[str, Any]:
    """What a form shows of a refusal: the sentence, the field, and whether it may be insisted."""
    return {
        "error": say(refused.message, **refused.values) if refused else None,
        "field": getattr(refused, "field", ""),
        "suspected": isinstance(refused, Suspected),
    }


@router.get("/handover")
def show_handover(
    request: Request, session: SessionDep, actor: Claimer, report: Loaded
) -> Response:
    return move_page(request, session, actor, report, "handover", MoveForm())


@router.post("/handover")
def hand_over_report(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    report: Loaded,
    now: Now,
    form: Annotated[MoveForm, Form()],
) -> Response:
    try:
        to, note = read_colleague(session, actor, form.to), form.note_read(is_needed=False)
        hand_over(session, report, actor, to, note, now)
    except DomainError as refused:
        return move_page(request, session, actor, report, "handover", form, refused)
    return see_report(request, report.id)


@router.get("/takeover")
def show_takeover(
    request: Request, session: SessionDep, actor: Supervisor, report: Loaded
) -> Response:
    return move_page(request, session, actor, report, "takeover", MoveForm())


@router.post("/takeover")
def take_over_report(
    request: Request,
    session: SessionDep,
    actor: Supervisor,
    report: Loaded,
    now: Now,
    form: Annotated[MoveForm, Form()],
) -> Response:
    try:
        reason, seen_id = form.note_read(is_needed=True), read_id(form.claimed_by)
        take_over(session, report, actor, reason, now, seen_id)
    except DomainError as refused:
        return move_page(request, session, actor, report, "takeover", form, refused)
    return see_report(request, report.id)


@router.post("/presence")
def tell_presence(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    report: Loaded,
    now: Now,
    form: Annotated[PresenceForm, Form()],
) -> Response:
    """Posted by the page's script; without one, by 「引き継ぎを見ました」."""
    note_presence(session, report, actor, now, writing=bool(form.writing))
    return see_report(request, report.id)
