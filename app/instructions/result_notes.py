"""The note of a result: sealed to the instruction it answers, masked for good."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import Conflict
from app.instructions.models import Answer, Instruction
from app.instructions.queries import answers_to
from app.reports.masking import FIRST, masked, state_of
from app.sealing.envelope import Context
from app.sealing.keys import seal_for
from app.web.access import StaffActor


def context_of(instruction: Instruction) -> Context:
    return Context(str(instruction.network_id), str(instruction.id), "result", "note")


def state_of_result(result: Answer) -> str:
    """Changes with every masking."""
    return state_of(json.dumps(result.sealed, sort_keys=True).encode())


def mask_result(
    session: Session,
    instruction: Instruction,
    text: str,
    chosen: Collection[str],
    seen: str,
    actor: StaffActor,
    now: datetime,
) -> None:
    """`text`: the note as it stands, `seen`: the state that the parts were chosen in. Raises
    Conflict once somebody masked."""
    result = answers_to(session, instruction)["result"]
    session.refresh(result, with_for_update=True)
    if seen != state_of_result(result):
        raise Conflict(FIRST)
    result.sealed = seal_for(session, masked(text, chosen), context_of(instruction)).to_dict()
    record(
        session,
        instruction.network_id,
        actor=f"staff:{actor.id}",
        action="instruction.mask",
        object_id=instruction.id,
        now=now,
        details={"count": len(chosen)},
    )
    bump(session, instruction.network_id)
