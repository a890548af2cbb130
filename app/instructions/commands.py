"""Writing an instruction, and taking it back within ten seconds."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.deliveries.models import Message
from app.deliveries.outbox import enqueue
from app.deliveries.pulse import bump
from app.errors import N_, Conflict
from app.ids import new_id
from app.instructions.crossing import Seen, refuse_second
from app.instructions.ending import End, end_instruction
from app.instructions.models import Instruction
from app.instructions.phone_tasks import ask_to_phone
from app.instructions.slots import Slot
from app.networks.scope import get_row
from app.reports.claims import claim, claimant
from app.reports.intake import find_intake
from app.reports.models import Report
from app.web.access import StaffActor

TAKE_BACK = timedelta(seconds=10)
CLOSING = frozenset({"R17", "R18"})


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
    seen: Seen | None = None,
    ground: str = "",
    slots: Sequence[Slot] = (),
) -> Instruction:
    """It leaves ten seconds from now; whoever has no phone is phoned at once.

    Raises Conflict if the report is closed or someone else's, Crossed if a colleague wrote what
    the writer hasn't `seen`. One at a time for each report."""
    session.refresh(report, with_for_update=True)
    if seen:
        seen.check(session, report, actor)
    if report.closed_at:
        raise Conflict(
            N_("この報告は、%(name)sさんが終わりにしました。"), name=claimant(session, report)
        )
    if not (seen and seen.insists and report.claimed_by_id):
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
        ground=ground,
        slots=[one.as_json() for one in slots] or None,
    )
    session.add(instruction)
    session.flush()
    if instruction.closes:
        report.closed_at = now
    elif find_intake(session, report):
        ask_to_phone(session, instruction, now)
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
    """Within ten seconds. Of this and its leaving at the same moment one comes first."""
    if not hold_back(session, instruction, actor, now):
        return
    instruction.cancelled_at = now
    end_instruction(session, instruction, End.TAKEN_BACK, now)
    if instruction.closes:
        get_row(session, Report, instruction.network_id, instruction.report_id).closed_at = None
    note(session, instruction, "instruction.take_back", f"staff:{actor.id}", now)


def hold_back(session: Session, instruction: Instruction, actor: StaffActor, now: datetime) -> bool:
    """It can't leave before this transaction ends. False if the actor took it back already; raises
    Conflict if a colleague did, or once it left: then only a further instruction helps."""
    session.refresh(instruction, with_for_update=True)
    if instruction.cancelled_at:
        refuse_second(session, instruction, "instruction.take_back", actor)
        return False
    has_left = session.get(Message, (instruction.network_id, instruction.id)) is not None
    if has_left or instruction.release_at <= now:
        raise Conflict(N_("もう送られました。「送った指示を取り消す」を使ってください。"))
    return True


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
