"""Calls that are owed, as the desk shows them, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.badges.queries import BadgeHolder, holders_of
from app.instructions.models import Answer, Instruction, PhoneTask
from app.networks.scope import get_rows, in_network
from app.reports.models import Report
from app.staff.queries import names_of


@dataclass(frozen=True)
class Call:
    """One call that is owed: whom to phone, about what, and who is to do it. `waits_until`: by when
    they wanted to know, who are asking their manager."""

    task: PhoneTask
    instruction: Instruction
    report: Report
    holder: BadgeHolder
    assigned_to: str
    waits_until: datetime | None


def calls_of(session: Session, network_id: UUID, tasks: Sequence[PhoneTask]) -> list[Call]:
    """In their order."""
    instructions = get_rows(session, Instruction, network_id, {one.instruction_id for one in tasks})
    reports = get_rows(session, Report, network_id, {i.report_id for i in instructions.values()})
    holders = holders_of(session, network_id, {one.badge_id for one in reports.values()})
    names = names_of(session, network_id, {one.assigned_to_id for one in tasks})
    asking = _asking_until(session, network_id, set(instructions))

    def call(task: PhoneTask) -> Call:
        instruction = instructions[task.instruction_id]
        report = reports[instruction.report_id]
        return Call(
            task,
            instruction,
            report,
            holders[report.badge_id],
            names[task.assigned_to_id],
            asking.get(instruction.id),
        )

    return [call(one) for one in tasks]


def _asking_until(
    session: Session, network_id: UUID, instruction_ids: set[UUID]
) -> dict[UUID, datetime | None]:
    query = (
        in_network(Answer, network_id)
        .where(col(Answer.instruction_id).in_(instruction_ids), Answer.kind == "asking")
        .with_only_columns(col(Answer.instruction_id), col(Answer.until))
    )
    return {one.instruction_id: one.until for one in session.execute(query)}
