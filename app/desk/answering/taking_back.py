"""取り消す: within the ten seconds before an instruction leaves, and after."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from app.desk.dependencies import Writer
from app.desk.returning import see_report
from app.instructions.models import Instruction
from app.instructions.queries import get_instruction
from app.instructions.together import take_back_together
from app.instructions.withdrawing import withdraw
from app.web.session import Now, SessionDep

router = APIRouter(prefix="/desk/instructions/{instruction_id}")


def get_instruction_of_desk(
    session: SessionDep, actor: Writer, instruction_id: UUID
) -> Instruction:
    return get_instruction(session, actor.network_id, instruction_id)


@router.post("/cancellation")
def cancel_instruction(
    request: Request,
    session: SessionDep,
    actor: Writer,
    now: Now,
    instruction: Annotated[Instruction, Depends(get_instruction_of_desk)],
) -> Response:
    take_back_together(session, instruction, actor, now)
    return see_report(request, instruction.report_id)


@router.post("/withdrawal")
def withdraw_instruction(
    request: Request,
    session: SessionDep,
    actor: Writer,
    now: Now,
    instruction: Annotated[Instruction, Depends(get_instruction_of_desk)],
) -> Response:
    """After it has left; whoever has it is told."""
    withdraw(session, instruction, actor, now)
    return see_report(request, instruction.report_id)
