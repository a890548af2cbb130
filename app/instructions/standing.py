"""What each of many reports waits for: its last instruction that stands, and what came back.

A fixed number of queries, however many reports there are.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.models import Evidence
from app.instructions.models import Answer, Instruction
from app.instructions.times import Step, due_at
from app.networks.models import Network
from app.networks.scope import in_network
from app.reports.models import Report


def is_instructed(network_id: UUID) -> Any:
    """A condition on `Report`: an instruction stands, neither taken back nor withdrawn."""
    of_report = in_network(Instruction, network_id).where(
        col(Instruction.report_id) == col(Report.id),
        col(Instruction.cancelled_at).is_(None),
        col(Instruction.end_reason) != "withdrawn",
    )
    return of_report.exists()


def last_standing(
    session: Session, network_id: UUID, report_ids: Collection[UUID]
) -> dict[UUID, Instruction]:
    """By report; reports without an instruction that stands aren't in it."""
    return {one.report_id: one for one in all_standing(session, network_id, report_ids)}


def all_standing(
    session: Session, network_id: UUID, report_ids: Collection[UUID]
) -> list[Instruction]:
    """In the order in which they were written, neither taken back nor withdrawn."""
    query = in_network(Instruction, network_id).where(
        col(Instruction.report_id).in_(report_ids),
        col(Instruction.cancelled_at).is_(None),
        col(Instruction.end_reason) != "withdrawn",
    )
    return list(session.exec(query.order_by(col(Instruction.created_at))))


def given_answers(
    session: Session, network_id: UUID, instructions: Iterable[Instruction]
) -> dict[UUID, set[str]]:
    """By instruction, the kinds of what came back."""
    query = (
        in_network(Answer, network_id)
        .where(col(Answer.instruction_id).in_([one.id for one in instructions]))
        .with_only_columns(col(Answer.instruction_id), col(Answer.kind))
    )
    kinds: dict[UUID, set[str]] = {}
    for instruction_id, kind in session.execute(query):
        kinds.setdefault(instruction_id, set()).add(kind)
    return kinds


def answers_of(
    session: Session, network_id: UUID, instruction_ids: Collection[UUID]
) -> dict[UUID, dict[str, Answer]]:
    """By instruction and kind."""
    query = in_network(Answer, network_id).where(col(Answer.instruction_id).in_(instruction_ids))
    found: dict[UUID, dict[str, Answer]] = {}
    for answer in session.exec(query):
        found.setdefault(answer.instruction_id, {})[answer.kind] = answer
    return found


def awaited(last: Instruction | None, answers: Collection[str]) -> str:
    """未対応, 了解待ち, 結果待ち, 終わりの返事待ち."""
    if last is None:
        return "new"
    if last.wants_answer and not answers:
        return "answer"
    if last.ack in {"tap_result", "call"} and not {"result", "refused"} & {*answers}:
        return "result"
    return "close"


def unopened(
    session: Session, network: Network, instructions: Iterable[Instruction], now: datetime
) -> set[UUID]:
    """Those that should have been seen by now: it is time to tell the colleagues."""
    overdue = {
        one.id
        for one in instructions
        if not one.ended_at and due_at(Step.COLLEAGUES, one, network) <= now
    }
    query = (
        in_network(Evidence, network.id)
        .where(col(Evidence.message_id).in_(overdue), Evidence.kind == "opened")
        .with_only_columns(col(Evidence.message_id))
    )
    return overdue - {message_id for (message_id,) in session.execute(query)}
