"""What is done, step by step, while an instruction isn't answered (protocol B4)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.deliveries.evidence import evidence_for, evidence_of
from app.deliveries.messages import push_to, send_message
from app.deliveries.models import Message
from app.deliveries.outbox import Item
from app.deliveries.pulse import bump
from app.ids import new_id
from app.instructions.ending import End, end_instruction, phone_task_of
from app.instructions.models import FollowUp, Instruction
from app.instructions.phone_tasks import ask_to_phone, begin_promise
from app.instructions.queries import answers_to
from app.instructions.recipients import phones_of_colleagues, phones_of_sender
from app.instructions.release import promise_mark, push_texts, schedule
from app.instructions.slots import chosen_slot
from app.instructions.standard_templates import standard_templates
from app.instructions.times import Step, due_at, is_urgent, next_working_day
from app.instructions.workplace_mail import write_to_workplace
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import Report

GUIDANCE_FOR_COLLEAGUES = frozenset({"R05", "R07", "R08", "R16"})
AFTER = {Step.AGAIN: Step.COLLEAGUES, Step.COLLEAGUES: Step.CALL, Step.CALL: Step.LAST}


def follow_up(session: Session, item: Item, now: datetime) -> str:
    """Take the step that is due, and set the timer for the next one; until the instruction ends."""
    instruction = get_row(
        session, Instruction, item.network_id, UUID(item.payload["instruction_id"])
    )
    if instruction.ended_at:
        return "ended"
    if item.payload.get("promise", "") != promise_mark(session, instruction):
        return "another-time"
    network, step = get_network(session, item.network_id), Step(item.payload["step"])
    if (until := _waits_until(session, instruction)) > now:
        schedule(session, network, instruction, step, until)
        return "waits"
    STEPS[step](session, instruction, now)
    if instruction.ended_at is None:
        following = AFTER.get(step, Step.LAST)
        again = (
            next_working_day(network, now) if step is Step.LAST else _end_of(session, instruction)
        )
        schedule(session, network, instruction, following, again)
    bump(session, item.network_id)
    return step


def fall_back(session: Session, item: Item, now: datetime) -> str:
    """No phone of the person can be reached: tell the workplace now, or have somebody phone."""
    instruction = session.get(Instruction, (item.network_id, UUID(item.payload["message_id"])))
    if instruction is None or instruction.ended_at or not instruction.wants_answer:
        return "not-needed"
    if _is_opened(session, instruction):
        return "opened"
    if phone_task_of(session, instruction):
        return "phoned"
    if not _tell_workplace(session, instruction, now):
        _call(session, instruction, now)
    bump(session, item.network_id)
    return "done"


def _waits_until(session: Session, instruction: Instruction) -> datetime:
    """上司に確認中: nothing is done before the time they named, unless they chose one since."""
    answers = answers_to(session, instruction)
    asking = None if chosen_slot(instruction, answers) else answers.get("asking")
    return (asking.until if asking else None) or instruction.release_at


def _end_of(session: Session, instruction: Instruction) -> datetime | None:
    """When the agreed time is over, by when they should have been phoned."""
    slot = chosen_slot(instruction, answers_to(session, instruction))
    return slot.ends_at if slot else None


def _again(session: Session, instruction: Instruction, now: datetime) -> None:
    """Not delivered: a second push, and a letter to the workplace."""
    message = session.get_one(Message, (instruction.network_id, instruction.id))
    if evidence_for(session, message.network_id, message.id).keys() & {"delivered", "opened"}:
        return
    if phones := _accepted_for(session, message, instruction, now):
        push_to(session, message, phones)
        note_step(session, instruction, "again", now)
    if instruction.wants_answer:
        _tell_workplace(session, instruction, now)


def _accepted_for(
    session: Session, message: Message, instruction: Instruction, now: datetime
) -> dict[UUID, datetime]:
    """Phones on duty whose first push was taken by the push service and then not heard of. For
    the others it is still being tried."""
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    network = get_network(session, instruction.network_id)
    urgent = is_urgent(instruction)
    phones = phones_of_sender(session, network, report, urgent=urgent, now=now)
    return {
        phone: at
        for phone, at in phones.items()
        if at <= now and evidence_of(session, network.id, message.id, phone, "accepted")
    }


def _tell_workplace(session: Session, instruction: Instruction, now: datetime) -> bool:
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    holder = holder_of(session, get_row(session, Badge, report.network_id, report.badge_id))
    written = write_to_workplace(
        session, holder, report, instruction, urgent=is_urgent(instruction), now=now
    )
    note_step(session, instruction, "mail" if holder.workplace.email else "no_address", now)
    return written


def _colleagues(session: Session, instruction: Instruction, now: datetime) -> None:
    """Not opened: the guidance, and nothing about the report, to the workplace's other phones."""
    if instruction.template not in GUIDANCE_FOR_COLLEAGUES or _is_opened(session, instruction):
        return
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    network = get_network(session, instruction.network_id)
    phones = phones_of_colleagues(session, network, report, now)
    if not phones:
        return
    send_message(
        session,
        instruction.network_id,
        new_id(),
        texts=push_texts(standard_templates()[instruction.template]["push_preview"], ""),
        path=f"/instructions/{instruction.id}/guidance",
        urgent=True,
        expires_at=max(due_at(Step.LAST, instruction, network), now),
        phones=phones,
        now=now,
    )
    note_step(session, instruction, "colleagues", now)


def _is_opened(session: Session, instruction: Instruction) -> bool:
    proofs = evidence_for(session, instruction.network_id, instruction.id)
    return "opened" in proofs or bool(answers_to(session, instruction))


def _call(session: Session, instruction: Instruction, now: datetime) -> None:
    """Not answered: somebody is asked to phone. Where that isn't worth a call: 確認なし. A time was
    agreed, and it has come: whoever promised is told."""
    if chosen_slot(instruction, answers_to(session, instruction)):
        begin_promise(session, instruction, now)
        note_step(session, instruction, "begun", now)
        return
    if answers_to(session, instruction).keys() - {"asking"} or not instruction.wants_answer:
        return
    if standard_templates()[instruction.template]["phone_task"]:
        ask_to_phone(session, instruction, now)
        note_step(session, instruction, "call", now)
    elif now >= due_at(Step.CALL, instruction, get_network(session, instruction.network_id)):
        end_instruction(session, instruction, End.NO_ANSWER, now)


def _last(session: Session, instruction: Instruction, now: datetime) -> None:
    """Still nobody told: the supervisor closes it. Nothing to phone about: 確認なし."""
    task = phone_task_of(session, instruction)
    if task is None or task.done_at:
        end_instruction(session, instruction, End.NO_ANSWER, now)
    else:
        if task.due_at:
            note_step(session, instruction, "missed", now)
        task.raised_at = task.raised_at or now
        note_step(session, instruction, "raised", now)


def note_step(session: Session, instruction: Instruction, kind: str, now: datetime) -> None:
    """The first time of its kind counts."""
    query = in_network(FollowUp, instruction.network_id).where(
        FollowUp.instruction_id == instruction.id, FollowUp.kind == kind
    )
    if session.exec(query).first() is None:
        session.add(
            FollowUp(
                network_id=instruction.network_id, instruction_id=instruction.id, kind=kind, at=now
            )
        )
        session.flush()


STEPS: Mapping[Step, Callable[[Session, Instruction, datetime], None]] = {
    Step.AGAIN: _again,
    Step.COLLEAGUES: _colleagues,
    Step.CALL: _call,
    Step.LAST: _last,
}
