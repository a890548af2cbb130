"""電話してください: a call that a counsellor owes, by name, until somebody closes it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid
from app.instructions.ending import End, end_instruction, phone_task_of
from app.instructions.models import Instruction, PhoneTask
from app.networks.scope import get_row, in_network
from app.web.access import Permission, StaffActor

TOLD, NO_REPLY = "told", "no_reply"
KEY = (col(PhoneTask.created_at), col(PhoneTask.id))
REASONS = ("not_needed", "given_up", "handled")
"""Why a supervisor closes a call that reached nobody."""


def ask_to_phone(session: Session, instruction: Instruction, now: datetime) -> PhoneTask:
    """One for each instruction, for the one who wrote it."""
    if task := phone_task_of(session, instruction):
        return task
    task = PhoneTask(
        network_id=instruction.network_id,
        instruction_id=instruction.id,
        assigned_to_id=instruction.author_id,
        created_at=now,
    )
    session.add(task)
    session.flush()
    return task


def tasks_waiting(network_id: UUID) -> SelectOfScalar[PhoneTask]:
    """The oldest first."""
    query = in_network(PhoneTask, network_id).where(col(PhoneTask.done_at).is_(None))
    return query.order_by(*KEY)


def open_tasks(
    session: Session, network_id: UUID, most: int, first_id: UUID | None = None
) -> list[PhoneTask]:
    """The oldest first, or from that one on."""
    query = tasks_waiting(network_id)
    if first_id and (first := session.get(PhoneTask, (network_id, first_id))):
        query = query.where(tuple_(*KEY) >= (first.created_at, first.id))
    return list(session.exec(query.limit(most)))


def count_open_tasks(session: Session, network_id: UUID) -> int:
    """All of them, for those who look at figures; no list waits for it."""
    query = in_network(PhoneTask, network_id).where(col(PhoneTask.done_at).is_(None))
    return int(session.execute(query.with_only_columns(func.count())).scalar_one())


def note_call(
    session: Session, task: PhoneTask, actor: StaffActor, outcome: str, now: datetime
) -> None:
    """Told: the instruction ends with it. Nobody picked up: the call is still owed.

    A reason closes it without having reached anybody; that is the supervisor's to decide.
    Raises Conflict if it is closed already, Invalid for anything else.
    """
    if task.done_at:
        raise Conflict(N_("この電話のお願いは、もう終わっています。"))
    if outcome == NO_REPLY:
        task.attempts, task.tried_at = task.attempts + 1, now
    elif outcome == TOLD or (outcome in REASONS and may_give_up(actor)):
        _close(session, task, actor, outcome, now)
    else:
        raise Invalid(N_("1つ選んでください。"))
    record(
        session,
        task.network_id,
        actor=f"staff:{actor.id}",
        action="phone_task.note",
        object_id=task.id,
        now=now,
        details={"outcome": outcome},
    )
    bump(session, task.network_id)


def may_give_up(actor: StaffActor) -> bool:
    return Permission.PHONE_TASK_CLOSE in actor.permissions


def _close(
    session: Session, task: PhoneTask, actor: StaffActor, outcome: str, now: datetime
) -> None:
    task.done_at, task.done_by_id, task.outcome = now, actor.id, outcome
    instruction = get_row(session, Instruction, task.network_id, task.instruction_id)
    end = End.PHONED if outcome == TOLD else End.NO_ANSWER
    end_instruction(session, instruction, end, now)
