"""What a worker answers on the phone: opened, 了解, できない・相談したい, and the result."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.deliveries.pulse import bump
from app.errors import N_, Invalid, NotFound
from app.instructions.answers import answer_instruction, open_instruction, results_of
from app.instructions.choosing import MOST_SEEN, choose_slot
from app.instructions.colleagues import get_guidance
from app.instructions.models import Instruction
from app.instructions.queries import get_own_instruction
from app.instructions.result_notes import context_of
from app.reports.forms import NOTE_LENGTH
from app.reports.personal_data import suspicions
from app.sealing.keys import seal_for
from app.web.access import PairedPhone, PhoneActor
from app.web.language import say
from app.web.rendering import render, see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/instructions/{instruction_id}")
kept = APIRouter(prefix="/api/instructions/{instruction_id}")
Phone = Annotated[PhoneActor, Depends(PairedPhone())]


def get_mine(session: SessionDep, phone: Phone, now: Now, instruction_id: UUID) -> Instruction:
    return get_own_instruction(session, phone, instruction_id, now)


Mine = Annotated[Instruction, Depends(get_mine)]


class RefusalForm(BaseModel):
    reason: Annotated[str, Field(max_length=20)] = ""


class AskingForm(BaseModel):
    """`hours` until they want to know."""

    hours: Annotated[str, Field(max_length=2)] = ""


class SlotForm(BaseModel):
    slot: Annotated[str, Field(max_length=8)] = ""
    was: Annotated[str, Field(max_length=8)] = ""


class KeptSlotForm(BaseModel):
    """`seen`: what was chosen before, as far as the phone knows."""

    slot: Annotated[str, Field(max_length=8)]
    seen: Annotated[list[Annotated[str, Field(max_length=8)]], Field(max_length=MOST_SEEN)] = []


class ResultForm(BaseModel):
    result: Annotated[str, Field(max_length=20)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    note_is_fine: Annotated[str, Field(max_length=5)] = ""

    def sealed(self, session: Session, instruction: Instruction) -> dict[str, Any] | None:
        """The note. Raises Invalid where it is too long, or names somebody."""
        note = self.note.strip()
        if len(note) > NOTE_LENGTH:
            raise Invalid(N_("ひとことは120字までです(いま %(n)s字)。"), n=len(note))
        if suspicions(note) and not self.note_is_fine:
            raise Invalid(N_("ひとことに、名前や番号のような文字があります。"))
        return seal_for(session, note, context_of(instruction)).to_dict() if note else None


@router.post("/opening")
def open_it(session: SessionDep, phone: Phone, now: Now, instruction: Mine) -> Response:
    """Posted by the page's script once the instruction was in sight for a second."""
    open_instruction(session, instruction, phone, now)
    bump(session, phone.network_id)
    return Response(status_code=204)


@router.post("/acknowledgement")
def acknowledge(session: SessionDep, phone: Phone, now: Now, instruction: Mine) -> Response:
    answer_instruction(session, instruction, phone, "acknowledged", now=now)
    return see_other(f"/reports/{instruction.report_id}")


@router.post("/refusal")
def refuse(
    session: SessionDep,
    phone: Phone,
    now: Now,
    instruction: Mine,
    form: Annotated[RefusalForm, Form()],
) -> Response:
    answer_instruction(session, instruction, phone, "refused", code=form.reason, now=now)
    return see_other(f"/reports/{instruction.report_id}")


@router.post("/asking")
def ask_manager(
    session: SessionDep,
    phone: Phone,
    now: Now,
    instruction: Mine,
    form: Annotated[AskingForm, Form()],
) -> Response:
    """上司に確認中: nobody is reminded before the time they name."""
    answer_instruction(session, instruction, phone, "asking", code=form.hours, now=now)
    return see_other(f"/reports/{instruction.report_id}")


@router.post("/slot")
def choose(
    session: SessionDep,
    phone: Phone,
    now: Now,
    instruction: Mine,
    form: Annotated[SlotForm, Form()],
) -> Response:
    """One of the times offered. `was`: what the page showed as chosen."""
    choose_slot(session, instruction, phone, form.slot, {form.was}, now)
    return see_other(f"/reports/{instruction.report_id}")


@kept.put("/slot")
def choose_later(
    session: SessionDep, phone: Phone, now: Now, instruction: Mine, form: KeptSlotForm
) -> Response:
    """The same, from a phone that kept it until there was a network. The phone believes only an
    answer that names what it sent."""
    choose_slot(session, instruction, phone, form.slot, form.seen, now)
    return JSONResponse({"instruction_id": str(instruction.id), "slot": form.slot})


@router.get("/guidance")
def show_guidance(
    request: Request, session: SessionDep, phone: Phone, now: Now, instruction_id: UUID
) -> Response:
    """For the others at the workplace, while whoever reported can't be reached."""
    guidance = get_guidance(session, phone, instruction_id, now)
    return render(request, "instructions/guidance.html", guidance=guidance)


@router.post("/result")
def tell_result(
    request: Request,
    session: SessionDep,
    phone: Phone,
    now: Now,
    instruction: Mine,
    form: Annotated[ResultForm, Form()],
) -> Response:
    if instruction.ack == "form":
        raise NotFound(N_("この指示は見つかりません。"))
    try:
        sealed = form.sealed(session, instruction)
        answer_instruction(
            session, instruction, phone, "result", code=form.result, sealed=sealed, now=now
        )
    except Invalid as refused:
        return result_page(request, instruction, form, refused)
    return see_other(f"/reports/{instruction.report_id}")


def result_page(
    request: Request, instruction: Instruction, form: ResultForm, refused: Invalid
) -> Response:
    """The form again, as it was filled in."""
    return render(
        request,
        "instructions/result.html",
        status=refused.status,
        instruction=instruction,
        choices=results_of(instruction),
        typed=form,
        suspected=bool(suspicions(form.note)),
        error=say(refused.message, **refused.values),
    )
