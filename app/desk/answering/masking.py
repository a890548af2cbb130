"""個人情報を伏せる, in what somebody wrote with their result."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Claimer
from app.desk.report.masking import MaskForm, Masking, masking_page
from app.desk.report.notes import open_result
from app.errors import DomainError
from app.instructions.models import Instruction
from app.instructions.queries import answers_to, get_instruction
from app.instructions.result_notes import mask_result, state_of_result
from app.reports.commands import get_report
from app.web.rendering import see_other
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/instructions/{instruction_id}/masking")


def get_answered(session: SessionDep, actor: Claimer, instruction_id: UUID) -> Instruction:
    return get_instruction(session, actor.network_id, instruction_id)


Answered = Annotated[Instruction, Depends(get_answered)]


def masking_of(request: Request, session: Session, instruction: Instruction) -> Masking:
    report = get_report(session, instruction.network_id, instruction.report_id)
    result = answers_to(session, instruction).get("result")
    note = open_result(session, request.app.state.master_key, instruction, result)
    return Masking(report, note, state_of_result(result) if result else "", result=True)


@router.get("")
def show_masking(
    request: Request, session: SessionDep, actor: Claimer, instruction: Answered
) -> Response:
    return masking_page(request, actor, masking_of(request, session, instruction))


@router.post("")
def mask(
    request: Request,
    session: SessionDep,
    actor: Claimer,
    instruction: Answered,
    now: Now,
    form: Annotated[MaskForm, Form()],
) -> Response:
    note = masking_of(request, session, instruction).note.text
    try:
        if note:
            mask_result(session, instruction, note, form.part, form.seen, actor, now)
    except DomainError as refused:
        return masking_page(request, actor, masking_of(request, session, instruction), refused)
    return see_other(f"/desk/reports/{instruction.report_id}")
