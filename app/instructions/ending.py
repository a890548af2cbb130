"""When nothing is expected of anybody any more."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col

from app.deliveries.models import Message
from app.instructions.models import Instruction, PhoneTask
from app.networks.scope import get_row, in_network
from app.reports.claims import watch_claim
from app.reports.models import Report


class End(StrEnum):
    """ANSWERED: a person did; READ: no answer was asked for; PHONED: told by telephone; NO_ANSWER:
    確認なし; TAKEN_BACK: before it left; WITHDRAWN: afterwards; SUPERSEDED: a later instruction, or
    the end of the report, took its place."""

    ANSWERED = "answered"
    READ = "read"
    PHONED = "phoned"
    NO_ANSWER = "no_answer"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


def end_instruction(session: Session, instruction: Instruction, end: End, now: datetime) -> None:
    """Stops its timers, its pushes and its phone task. The first end counts. From now on it is the
    counsellor's turn."""
    if instruction.ended_at:
        return
    instruction.ended_at, instruction.end_reason = now, end
    if message := session.get(Message, (instruction.network_id, instruction.id)):
        message.cancelled_at = now
    finish_phone_task(session, instruction, end, now)
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    if report.claimed_by_id:
        watch_claim(session, report, now)


def finish_phone_task(
    session: Session, instruction: Instruction, outcome: str, now: datetime
) -> None:
    """Nobody needs to phone any more. What ended it first stays."""
    task = phone_task_of(session, instruction)
    if task and task.done_at is None:
        task.done_at, task.outcome = now, outcome


def phone_task_of(session: Session, instruction: Instruction) -> PhoneTask | None:
    query = in_network(PhoneTask, instruction.network_id).where(
        col(PhoneTask.instruction_id) == instruction.id
    )
    return session.exec(query).first()
