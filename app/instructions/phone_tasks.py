"""電話してください: a call that a counsellor owes, by name, until somebody closes it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, or_, tuple_
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.deliveries.messages import alert_staff
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid
from app.instructions.ending import End, end_instruction, phone_task_of
from app.instructions.models import Instruction, PhoneTask
from app.instructions.queries import instructions_for
from app.networks.scope import get_row, in_network
from app.reports.models import Report
from app.web.access import Permission, StaffActor

ALERT_LIFE = timedelta(hours=1)
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


def promise_call(
    session: Session, instruction: Instruction, owner_id: UUID, due_at: datetime, now: datetime
) -> None:
    """For a time that the worker chose: whatever became of an earlier call, this one is owed.
    Among the others it stands by the time from which it is."""
    if (task := phone_task_of(session, instruction)) is None:
        task = ask_to_phone(session, instruction, now)
        task.assigned_to_id = owner_id
    task.due_at = task.created_at = due_at
    task.done_at, task.done_by_id, task.outcome = None, None, ""
    task.attempts, task.tried_at, task.raised_at = 0, None, None
    session.add(task)
    session.flush()


def begin_promise(session: Session, instruction: Instruction, now: datetime) -> None:
    """The time has come: its owner's browsers are told the receipt number and nothing else."""
    task = phone_task_of(session, instruction)
    if task is None or task.done_at:
        return
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    alert_staff(
        session,
        instruction.network_id,
        [task.assigned_to_id],
        title="約束の時間です",
        body=report.receipt_no,
        path="/desk/calls",
        expires_at=now + ALERT_LIFE,
        now=now,
    )


def tasks_waiting(network_id: UUID) -> SelectOfScalar[PhoneTask]:
    """Also those for a time still ahead. The oldest first."""
    query = in_network(PhoneTask, network_id).where(col(PhoneTask.done_at).is_(None))
    return query.order_by(*KEY)


def calls_owed_for(session: Session, report: Report, owner_id: UUID) -> list[PhoneTask]:
    """By that person, now or later."""
    written = [one.id for one in instructions_for(session, report)]
    query = tasks_waiting(report.network_id).where(
        col(PhoneTask.instruction_id).in_(written), PhoneTask.assigned_to_id == owner_id
    )
    return list(session.exec(query))


def tasks_due(network_id: UUID, now: datetime) -> SelectOfScalar[PhoneTask]:
    """Those that are owed now, in no order."""
    is_due = or_(col(PhoneTask.due_at).is_(None), col(PhoneTask.due_at) <= now)
    return in_network(PhoneTask, network_id).where(col(PhoneTask.done_at).is_(None), is_due)


def open_tasks(
    session: Session, network_id: UUID, now: datetime, most: int, first_id: UUID | None = None
) -> list[PhoneTask]:
    """Those that are owed now. The oldest first, or from that one on."""
    query = tasks_due(network_id, now).order_by(*KEY)
    if first_id and (first := session.get(PhoneTask, (network_id, first_id))):
        query = query.where(tuple_(*KEY) >= (first.created_at, first.id))
    return list(session.exec(query.limit(most)))


def promised_tasks(session: Session, network_id: UUID, now: datetime, most: int) -> list[PhoneTask]:
    """Those for a time still ahead, the next one first."""
    query = in_network(PhoneTask, network_id).where(
        col(PhoneTask.done_at).is_(None), col(PhoneTask.due_at) > now
    )
    return list(session.exec(query.order_by(col(PhoneTask.due_at), col(PhoneTask.id)).limit(most)))


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
