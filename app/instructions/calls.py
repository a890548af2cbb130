"""Calls that are owed, as the desk shows them, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.badges.queries import BadgeHolder, holders_of
from app.instructions.models import Instruction, PhoneTask
from app.instructions.slots import Slot, chosen_slot
from app.instructions.standing import answers_of
from app.networks.scope import get_rows
from app.reports.models import Report
from app.staff.queries import names_of


@dataclass(frozen=True)
class Call:
    """One call that is owed: whom to phone, about what, and who is to do it. `waits_until`: by when
    they wanted to know, who are asking their manager. `slot`: the time that was agreed."""

    task: PhoneTask
    instruction: Instruction
    report: Report
    holder: BadgeHolder
    assigned_to: str
    waits_until: datetime | None
    slot: Slot | None


def calls_of(session: Session, network_id: UUID, tasks: Sequence[PhoneTask]) -> list[Call]:
    """In their order."""
    instructions = get_rows(session, Instruction, network_id, {one.instruction_id for one in tasks})
    reports = get_rows(session, Report, network_id, {i.report_id for i in instructions.values()})
    holders = holders_of(session, network_id, {one.badge_id for one in reports.values()})
    names = names_of(session, network_id, {one.assigned_to_id for one in tasks})
    answers = answers_of(session, network_id, list(instructions))

    def call(task: PhoneTask) -> Call:
        instruction = instructions[task.instruction_id]
        report, given = reports[instruction.report_id], answers.get(instruction.id, {})
        asking, slot = given.get("asking"), chosen_slot(instruction, given)
        return Call(
            task,
            instruction,
            report,
            holders[report.badge_id],
            names[task.assigned_to_id],
            asking.until if asking and not slot else None,
            slot,
        )

    return [call(one) for one in tasks]
