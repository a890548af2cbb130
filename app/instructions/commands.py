"""Writing an instruction, taking it back, sending it on its way, and what people answer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.badges.queries import phones_of_badge
from app.deliveries.messages import add_evidence, send_message
from app.deliveries.models import Message, OutboxItem
from app.deliveries.outbox import enqueue
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid
from app.ids import new_id
from app.instructions.models import Answer, Instruction
from app.instructions.queries import answers_to
from app.networks.scope import get_row
from app.reports.claims import claim
from app.reports.models import Report
from app.web.access import PhoneActor, StaffActor
from app.web.text import plain

TAKE_BACK = timedelta(seconds=10)
NO_DEADLINE = timedelta(days=7)
CLOSING = frozenset({"R17", "R18"})
REASONS = ("alone", "busy", "uneasy", "gone", "unclear")
RESULTS = ("will_consult", "declined", "police", "not_met", "could_not")


def write_instruction(
    session: Session,
    report: Report,
    template: Mapping[str, Any],
    texts: dict[str, Any],
    actor: StaffActor,
    *,
    deadline_at: datetime | None,
    now: datetime,
    instruction_id: UUID | None = None,
) -> Instruction:
    """It leaves ten seconds from now. Raises Conflict if the report is closed or someone else's."""
    if report.closed_at:
        raise Conflict(N_("この報告は完了しています。"))
    claim(session, report, actor, now)
    instruction = Instruction(
        id=instruction_id or new_id(),
        network_id=report.network_id,
        report_id=report.id,
        template=template["id"],
        author_id=actor.id,
        texts=texts,
        options=list(template["options"]),
        ack=template["ack"],
        closes=template["id"] in CLOSING,
        created_at=now,
        release_at=now + TAKE_BACK,
        deadline_at=deadline_at,
    )
    session.add(instruction)
    session.flush()
    if instruction.closes:
        report.closed_at = now
    payload = {"instruction_id": str(instruction.id), "urgent": template["urgency"] == "now"}
    enqueue(
        session,
        report.network_id,
        "instruction.release",
        payload | {"push": template["push_preview"]},
        instruction.release_at,
    )
    note(session, instruction, "instruction.write", f"staff:{actor.id}", now)
    return instruction


def take_back(session: Session, instruction: Instruction, actor: StaffActor, now: datetime) -> None:
    """Within ten seconds. Raises Conflict afterwards: then only a further instruction helps."""
    if instruction.cancelled_at:
        return
    if instruction.release_at <= now:
        raise Conflict(N_("もう送られました。直すときは「続きの指示」を送ってください。"))
    instruction.cancelled_at = now
    if instruction.closes:
        get_row(session, Report, instruction.network_id, instruction.report_id).closed_at = None
    note(session, instruction, "instruction.take_back", f"staff:{actor.id}", now)


def release(session: Session, item: OutboxItem, now: datetime) -> str:
    """The ten seconds are over: push to all phones of the person, unless it was taken back."""
    instruction_id = UUID(item.payload["instruction_id"])
    instruction = get_row(session, Instruction, item.network_id, instruction_id)
    if instruction.cancelled_at:
        return "taken-back"
    if session.get(Message, (item.network_id, instruction.id)) is None:
        report = get_row(session, Report, item.network_id, instruction.report_id)
        send_message(
            session,
            item.network_id,
            instruction.id,
            texts=push_texts(item.payload["push"], report.receipt_no),
            path=f"/reports/{report.id}",
            urgent=bool(item.payload["urgent"]),
            expires_at=max(instruction.deadline_at or now + NO_DEADLINE, now + TAKE_BACK * 6),
            device_ids=recipients(session, report),
            now=now,
        )
    bump(session, item.network_id)
    return "released"


def push_texts(previews: Mapping[str, str], receipt_no: str) -> dict[str, dict[str, str]]:
    """Generic words only: they stand on a lock screen."""
    names = {"ja": "つなぐ名札", "easy": "つなぐ名札", "en": "Tsunagu Nafuda"}
    return {
        language: {"title": f"{names[language]} {receipt_no}", "body": plain(body)}
        for language, body in previews.items()
    }


def recipients(session: Session, report: Report) -> list[UUID]:
    """The phone that reported, and the other phones of the same badge."""
    phones = phones_of_badge(session, report.network_id, report.badge_id)
    return list({report.device_id, *(phone.id for phone in phones)})


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

    An answer proves that the instruction was opened on this phone.
    """
    if not instruction.is_released(now):
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
        at=now,
    )
    session.add(answer)
    session.flush()
    open_instruction(session, instruction, phone, now)
    note(session, instruction, f"instruction.{kind}", f"phone:{phone.device_id}", now)
    return answer


def check_code(instruction: Instruction, kind: str, code: str) -> None:
    allowed = {
        "acknowledged": {""},
        "refused": set(REASONS),
        "result": {option["code"] for option in instruction.options} or set(RESULTS),
    }[kind]
    if code not in allowed:
        raise Invalid(N_("1つ選んでください。"))


def open_instruction(
    session: Session, instruction: Instruction, phone: PhoneActor, now: datetime
) -> None:
    """A person had it on the screen. Nothing to prove before the message left."""
    if session.get(Message, (instruction.network_id, instruction.id)):
        add_evidence(
            session, instruction.network_id, instruction.id, phone.device_id, "opened", now
        )


def note(
    session: Session, instruction: Instruction, action: str, actor: str, now: datetime
) -> None:
    record(
        session,
        instruction.network_id,
        actor=actor,
        action=action,
        object_id=instruction.id,
        now=now,
        details={"template": instruction.template},
    )
    bump(session, instruction.network_id)
