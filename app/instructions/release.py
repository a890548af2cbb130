"""Sending an instruction on its way once the ten seconds are over."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.messages import fall_back, fall_back_if_unreachable, send_message
from app.deliveries.models import Message
from app.deliveries.outbox import Item, enqueue
from app.deliveries.pulse import bump
from app.deliveries.reachability import Reach, reachability_of
from app.instructions.ending import End, end_instruction
from app.instructions.models import Instruction
from app.instructions.queries import answers_to
from app.instructions.recipients import phones_of_sender, sender_phones
from app.instructions.slots import chosen_slot
from app.instructions.times import Step, due_at, is_urgent
from app.networks.models import Network
from app.networks.scope import get_network, get_row, in_network
from app.reports.models import Report
from app.web.text import plain

SHORTEST_LIFE = timedelta(minutes=1)
NO_DEADLINE = timedelta(days=7)


def release(session: Session, item: Item, now: datetime) -> str:
    """Push to all phones of the person, unless it was taken back; from now on a timer runs."""
    instruction_id = UUID(item.payload["instruction_id"])
    instruction = get_row(session, Instruction, item.network_id, instruction_id)
    session.refresh(instruction, with_for_update=True)
    if instruction.cancelled_at:
        return "taken-back"
    if instruction.ended_at:
        supersede_earlier(session, instruction, now)
        return "ended"
    if session.get(Message, (item.network_id, instruction.id)) is None:
        network = get_network(session, item.network_id)
        report = get_row(session, Report, item.network_id, instruction.report_id)
        supersede_earlier(session, instruction, now)
        _send(session, network, report, instruction, item.payload["push"], now)
        schedule(session, network, instruction, Step.AGAIN)
    bump(session, item.network_id)
    return "released"


def _send(
    session: Session,
    network: Network,
    report: Report,
    instruction: Instruction,
    previews: Mapping[str, str],
    now: datetime,
) -> None:
    """Where no phone may sound, was heard from lately or can be reached, the fallback starts."""
    urgent = is_urgent(instruction)
    phones = phones_of_sender(session, network, report, urgent=urgent, now=now)
    message = send_message(
        session,
        network.id,
        instruction.id,
        texts=push_texts(previews, report.receipt_no),
        path=f"/reports/{report.id}",
        urgent=urgent,
        expires_at=max(instruction.deadline_at or now + NO_DEADLINE, now + SHORTEST_LIFE),
        phones=phones,
        now=now,
    )
    known = sender_phones(session, report)
    reach = reachability_of(session, network.id, known, now).reach
    if reach is Reach.SILENT or (phones and min(phones.values()) > now):
        fall_back(session, message, now)
    else:
        fall_back_if_unreachable(session, message, now)


def supersede_earlier(session: Session, instruction: Instruction, now: datetime) -> None:
    """What this one takes the place of. Something urgent that nobody answered is followed up
    further, unless this is as urgent or ends the report."""
    earlier = in_network(Instruction, instruction.network_id).where(
        Instruction.report_id == instruction.report_id,
        Instruction.id != instruction.id,
        col(Instruction.ended_at).is_(None),
        col(Instruction.release_at) <= instruction.release_at,
    )
    for one in session.exec(earlier):
        if instruction.closes or is_urgent(instruction) or not is_urgent(one):
            end_instruction(session, one, End.SUPERSEDED, now)


def schedule(
    session: Session,
    network: Network,
    instruction: Instruction,
    step: Step,
    at: datetime | None = None,
) -> None:
    """The durable timer of an instruction: its next step. One that was set before a time was
    chosen, or another one, counts no more."""
    promise = promise_mark(session, instruction)
    payload = {"instruction_id": str(instruction.id), "step": step, "promise": promise}
    due = at or due_at(step, instruction, network)
    enqueue(session, instruction.network_id, "instruction.follow_up", payload, due)


def promise_mark(session: Session, instruction: Instruction) -> str:
    """Which press the agreed time came with; nothing where none is agreed."""
    if not instruction.slots:
        return ""
    answers = answers_to(session, instruction)
    if (slot := chosen_slot(instruction, answers)) is None:
        return ""
    return f"{slot.code} {answers['slot'].at.astimezone(UTC).isoformat()}"


def push_texts(previews: Mapping[str, str], receipt_no: str) -> dict[str, dict[str, str]]:
    """Generic words only: they stand on a lock screen."""
    names = {"ja": "つなぐ名札", "easy": "つなぐ名札", "en": "Tsunagu Nafuda"}
    return {
        language: {"title": f"{names[language]} {receipt_no}".strip(), "body": plain(body)}
        for language, body in previews.items()
    }
