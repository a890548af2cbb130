"""A worker chooses one of the times offered. It stands until they press another one."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from app.errors import N_, Conflict, Invalid
from app.instructions.answers import answer_instruction
from app.instructions.commands import note
from app.instructions.models import Answer, Instruction
from app.instructions.phone_tasks import promise_call
from app.instructions.queries import answers_to
from app.instructions.release import schedule
from app.instructions.slots import NONE, Slot, slot_of
from app.instructions.times import Step
from app.networks.scope import get_network, get_row
from app.reports.models import Report
from app.web.access import PhoneActor

MOST_SEEN = 8


def choose_slot(
    session: Session,
    instruction: Instruction,
    phone: PhoneActor,
    code: str,
    seen: Collection[str],
    now: datetime,
) -> Answer:
    """`seen`: what was chosen before, as far as this phone knows. Raises Conflict where another
    press came in between, where the time has begun, or where nothing is to be chosen any more.

    With it 了解 is given too. Nobody is reminded before the time begins.
    """
    session.refresh(instruction, with_for_update=True)
    given = answers_to(session, instruction)
    if (current := given.get("slot")) and current.code not in {code, *seen}:
        raise Conflict(N_("この間に、ほかの時間が選ばれました。画面を開き直して確かめてください。"))
    if code == NONE:
        return answer_instruction(session, instruction, phone, "refused", now=now, code="no_slot")
    if (slot := slot_of(instruction, code)) is None:
        raise Invalid(N_("1つ選んでください。"))
    if current and current.code == code and "refused" not in given:
        return current
    _check_open(instruction, slot, now)
    if "acknowledged" not in given:
        answer_instruction(session, instruction, phone, "acknowledged", now=now)
    chosen = _choose(session, instruction, phone, current, code, now)
    report = get_row(session, Report, instruction.network_id, instruction.report_id)
    owner = report.claimed_by_id or instruction.author_id
    promise_call(session, instruction, owner, slot.starts_at, now)
    network = get_network(session, instruction.network_id)
    schedule(session, network, instruction, Step.CALL, slot.starts_at)
    return chosen


def _check_open(instruction: Instruction, slot: Slot, now: datetime) -> None:
    if instruction.is_withdrawn:
        raise Conflict(N_("この指示は取り消されました。対応は不要です。"))
    if instruction.ended_at:
        raise Conflict(N_("このお願いは、もう終わっています。センターに電話してください。"))
    if slot.starts_at <= now:
        raise Conflict(N_("その時間は過ぎました。ほかの時間を選ぶか、センターに電話してください。"))


def _choose(
    session: Session,
    instruction: Instruction,
    phone: PhoneActor,
    current: Answer | None,
    code: str,
    now: datetime,
) -> Answer:
    if current is None:
        return answer_instruction(session, instruction, phone, "slot", now=now, code=code)
    current.code, current.device_id, current.at = code, phone.device_id, now
    session.flush()
    note(session, instruction, "instruction.slot", f"phone:{phone.device_id}", now)
    return current
