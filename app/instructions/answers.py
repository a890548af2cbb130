"""What people answer: opened, 了解, できない with a reason, 上司に確認中, and the result."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from app.deliveries.evidence import add_evidence
from app.deliveries.models import Message
from app.errors import N_, Conflict, Invalid
from app.instructions.commands import note
from app.instructions.ending import End, end_instruction, finish_phone_task
from app.instructions.models import Answer, Instruction
from app.instructions.queries import answers_to
from app.instructions.slots import slots_of
from app.web.access import PhoneActor

REASONS = ("alone", "busy", "uneasy", "gone", "unclear")
NO_SLOT = "no_slot"
"""Of the times offered, none is possible."""
RESULTS = ("will_consult", "declined", "police", "not_met", "could_not")
WAITS = {
    "1": timedelta(hours=1),
    "4": timedelta(hours=4),
    "24": timedelta(days=1),
    "48": timedelta(days=2),
}
"""上司に確認中: in how many hours they want to know, 48 at most."""


def answer_instruction(
    session: Session,
    instruction: Instruction,
    phone: PhoneActor,
    kind: str,
    *,
    now: datetime,
    code: str = "",
    sealed: dict[str, Any] | None = None,
) -> Answer:
    """Answering twice keeps the first time: that is when they knew. Raises Conflict if taken back.

    An answer proves that the instruction was opened on this phone, and nobody needs to phone. A
    call stays owed while they ask their manager: when that time is over it may be needed.
    """
    if instruction.is_withdrawn or not instruction.is_released(now):
        raise Conflict(N_("この指示は取り消されました。対応は不要です。"))
    given = answers_to(session, instruction)
    if kind in given:
        return given[kind]
    check_code(instruction, kind, code)
    answer = Answer(
        network_id=instruction.network_id,
        instruction_id=instruction.id,
        device_id=phone.device_id,
        kind=kind,
        code=code,
        sealed=sealed,
        until=now + WAITS[code] if kind == "asking" else None,
        at=now,
    )
    session.add(answer)
    session.flush()
    open_instruction(session, instruction, phone, now)
    if kind != "asking":
        finish_phone_task(session, instruction, End.ANSWERED, now)
    if is_last_word(instruction, kind):
        end_instruction(session, instruction, End.ANSWERED, now)
    note(session, instruction, f"instruction.{kind}", f"phone:{phone.device_id}", now)
    return answer


def is_last_word(instruction: Instruction, kind: str) -> bool:
    """Whether nothing more is expected after this answer."""
    if kind == "acknowledged":
        return instruction.ack == "tap"
    return kind in {"refused", "result"}


def check_code(instruction: Instruction, kind: str, code: str) -> None:
    slots = {one.code for one in slots_of(instruction)}
    allowed = {
        "acknowledged": {""},
        "slot": slots,
        "refused": {*REASONS, *([NO_SLOT] if slots else [])},
        "asking": set(WAITS),
        "result": {one["code"] for one in results_of(instruction)},
    }[kind]
    if code not in allowed:
        raise Invalid(N_("1つ選んでください。"))


def results_of(instruction: Instruction) -> list[dict[str, Any]]:
    """What can have become of it, with a text where the template brings its own."""
    return instruction.options or [{"code": code, "text": None} for code in RESULTS]


def open_instruction(
    session: Session, instruction: Instruction, phone: PhoneActor, now: datetime
) -> None:
    """A person had it on the screen. Nothing to prove before the message left."""
    if session.get(Message, (instruction.network_id, instruction.id)):
        add_evidence(
            session, instruction.network_id, instruction.id, phone.device_id, "opened", now
        )
        if not instruction.wants_answer:
            end_instruction(session, instruction, End.READ, now)
