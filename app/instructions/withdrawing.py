"""Taking back an instruction that has left. Words that say so take its place on the lock screen."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.deliveries.evidence import proven
from app.deliveries.messages import recipients_of, send_message
from app.deliveries.models import Message
from app.errors import N_, Conflict
from app.ids import new_id
from app.instructions.commands import note
from app.instructions.crossing import refuse_second
from app.instructions.ending import End, end_instruction
from app.instructions.models import Instruction
from app.instructions.recipients import phones_of_sender
from app.instructions.release import push_texts
from app.instructions.times import is_urgent
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.web.access import StaffActor

PREVIEWS = {
    "ja": "先ほどのお願いは取り消されました。対応は不要です。",
    "easy": "さっきの おねがいは なくなりました。なにも しなくて いいです。",
    "en": "The earlier request was withdrawn. Nothing is to be done.",
}
TAKEN = ("accepted", "delivered", "opened")


def can_be_withdrawn(instruction: Instruction, now: datetime) -> bool:
    """While something is expected of somebody, once its ten seconds are over."""
    has_left = instruction.is_released(now) and not instruction.closes
    return has_left and instruction.ended_at is None


def withdraw(session: Session, instruction: Instruction, actor: StaffActor, now: datetime) -> None:
    """Again does nothing. Raises Conflict while it can simply be cancelled, once it ended, and,
    naming them, where a colleague was first. One at a time for each instruction."""
    session.refresh(instruction, with_for_update=True)
    if instruction.is_withdrawn:
        refuse_second(session, instruction, "instruction.withdraw", actor)
        return
    if not can_be_withdrawn(instruction, now):
        raise Conflict(N_("この指示は、もう取り消せません。画面を開き直して確かめてください。"))
    original = session.get(Message, (instruction.network_id, instruction.id))
    end_instruction(session, instruction, End.WITHDRAWN, now)
    if original:
        _replace(session, original, instruction, now)
    note(session, instruction, "instruction.withdraw", f"staff:{actor.id}", now)


def _replace(session: Session, original: Message, instruction: Instruction, now: datetime) -> None:
    """On those phones where the first may be seen. Where it never was, there is nothing to say."""
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    phones = _phones_that_have_it(session, original, instruction, report, now)
    if phones:
        send_message(
            session,
            original.network_id,
            new_id(),
            texts=push_texts(PREVIEWS, report.receipt_no),
            path=original.path,
            urgent=original.urgent,
            expires_at=max(original.expires_at, now),
            phones=phones,
            now=now,
            tag=original.id,
        )


def _phones_that_have_it(
    session: Session, original: Message, instruction: Instruction, report: Report, now: datetime
) -> dict[UUID, datetime]:
    network = get_network(session, instruction.network_id)
    deliveries = {(original.id, phone) for phone in recipients_of(session, original)}
    taken = {phone for _, phone in proven(session, network.id, deliveries, TAKEN)}
    times = phones_of_sender(session, network, report, urgent=is_urgent(instruction), now=now)
    return {phone: at for phone, at in times.items() if phone in taken}
