"""取り消す: within the ten seconds before an instruction leaves, and after."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Writer
from app.desk.report.refusals import refused_page
from app.desk.returning import see_report
from app.errors import Conflict
from app.instructions.models import Instruction
from app.instructions.queries import get_instruction
from app.instructions.together import take_back_together
from app.instructions.withdrawing import withdraw
from app.reports.commands import get_report
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/instructions/{instruction_id}")


def get_instruction_of_desk(
    session: SessionDep, actor: Writer, instruction_id: UUID
) -> Instruction:
    return get_instruction(session, actor.network_id, instruction_id)


Written = Annotated[Instruction, Depends(get_instruction_of_desk)]


@router.post("/cancellation")
def cancel_instruction(
    request: Request, session: SessionDep, actor: Writer, now: Now, instruction: Written
) -> Response:
    try:
        take_back_together(session, instruction, actor, now)
    except Conflict as refused:
        report = get_report(session, actor.network_id, instruction.report_id)
        return refused_page(request, session, actor, report, now, refused)
    return see_report(request, instruction.report_id)


@router.post("/withdrawal")
def withdraw_instruction(
    request: Request, session: SessionDep, actor: Writer, now: Now, instruction: Written
) -> Response:
    """After it has left; whoever has it is told."""
    try:
        withdraw(session, instruction, actor, now)
    except Conflict as refused:
        report = get_report(session, actor.network_id, instruction.report_id)
        return refused_page(request, session, actor, report, now, refused)
    return see_report(request, instruction.report_id)
