"""Instructions of a report, who may read them, and how far each has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.evidence import evidence_for
from app.errors import N_, NotFound
from app.instructions.models import Answer, FollowUp, Instruction
from app.networks.scope import get_row, in_network
from app.reports.models import Report
from app.reports.queries import find_own_report
from app.web.access import PhoneActor

RUNGS = ("released", "accepted", "delivered", "opened", "acknowledged", "result")


@dataclass(frozen=True)
class Rung:
    """One step of the receipt ladder: `at` is None while nothing proves it.

    `inferred`: no evidence of its own, but later evidence implies it (推定).
    """

    kind: str
    at: datetime | None
    inferred: bool = False
    code: str = ""


def instructions_for(session: Session, report: Report) -> list[Instruction]:
    query = in_network(Instruction, report.network_id).where(Instruction.report_id == report.id)
    return list(session.exec(query.order_by(col(Instruction.created_at), col(Instruction.id))))


def released_for(session: Session, report: Report, now: datetime) -> list[Instruction]:
    """What the phone may see: nothing that can still be taken back."""
    return [one for one in instructions_for(session, report) if one.is_released(now)]


def get_instruction(session: Session, network_id: UUID, instruction_id: UUID) -> Instruction:
    return get_row(session, Instruction, network_id, instruction_id)


def get_own_instruction(
    session: Session, phone: PhoneActor, instruction_id: UUID, now: datetime
) -> Instruction:
    """An instruction that was sent to this phone's holder. Raises NotFound for all others, and
    while it can still be taken back."""
    instruction = session.get(Instruction, (phone.network_id, instruction_id))
    left = instruction is not None and instruction.release_at <= now
    if instruction and left and find_own_report(session, phone, instruction.report_id):
        return instruction
    raise NotFound(N_("この指示は見つかりません。"))


def answers_to(session: Session, instruction: Instruction) -> dict[str, Answer]:
    query = in_network(Answer, instruction.network_id).where(
        Answer.instruction_id == instruction.id
    )
    return {answer.kind: answer for answer in session.exec(query)}


def follow_ups(session: Session, instruction: Instruction) -> list[FollowUp]:
    """What was done so far because an answer stayed away, in its order."""
    query = in_network(FollowUp, instruction.network_id).where(
        FollowUp.instruction_id == instruction.id
    )
    return list(session.exec(query.order_by(col(FollowUp.at), col(FollowUp.id))))


def is_unreachable(session: Session, instruction: Instruction) -> bool:
    """No phone of the person could be pushed to, and none has been heard from since."""
    proofs = evidence_for(session, instruction.network_id, instruction.id).keys()
    return "unreachable" in proofs and not proofs & {"delivered", "opened"}


def ladder(session: Session, instruction: Instruction, now: datetime) -> list[Rung]:
    """Sent → accepted → delivered → opened → acknowledged → result, never more than proven."""
    proofs = evidence_for(session, instruction.network_id, instruction.id)
    answers = answers_to(session, instruction)
    times: dict[str, datetime | None] = {kind: proofs.get(kind) for kind in RUNGS}
    times["released"] = instruction.release_at if instruction.is_released(now) else None
    for kind in ("acknowledged", "result"):
        times[kind] = answers[kind].at if kind in answers else None
    return _with_inferred(times, answers)


def _with_inferred(times: dict[str, datetime | None], answers: dict[str, Answer]) -> list[Rung]:
    rungs: list[Rung] = []
    later_proven = False
    for kind in reversed(RUNGS):
        at = times[kind]
        code = answers[kind].code if kind in answers else ""
        rungs.append(Rung(kind, at, inferred=at is None and later_proven, code=code))
        later_proven = later_proven or at is not None
    return rungs[::-1]
