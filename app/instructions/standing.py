"""What each of many reports waits for: its last instruction that stands, and what came back.

A fixed number of queries, however many reports there are.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, union
from sqlalchemy.orm import load_only
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.deliveries.models import Evidence
from app.instructions.models import Answer, Instruction
from app.instructions.times import Step, due_at
from app.networks.models import Network
from app.networks.scope import in_network
from app.reports.models import Report

OPENED = "opened"
NETWORK: Any = bindparam("network_id")
IDS: Any = bindparam("ids", expanding=True)
STANDING = load_only(
    Instruction.report_id,  # type: ignore[arg-type]
    Instruction.template,  # type: ignore[arg-type]
    Instruction.ack,  # type: ignore[arg-type]
    Instruction.closes,  # type: ignore[arg-type]
    Instruction.release_at,  # type: ignore[arg-type]
    Instruction.deadline_at,  # type: ignore[arg-type]
    Instruction.ended_at,  # type: ignore[arg-type]
)
"""What somebody waits for, and since when; not what it says to people."""


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
    """By report; reports without an instruction that stands aren't in it. What it says to people is
    read only where somebody asks for it."""
    given = {"network_id": network_id, "ids": [*report_ids]}
    return {one.report_id: one for one in session.exec(_standing().options(STANDING), params=given)}


def all_standing(
    session: Session, network_id: UUID, report_ids: Collection[UUID]
) -> list[Instruction]:
    """In the order in which they were written, neither taken back nor withdrawn."""
    given = {"network_id": network_id, "ids": [*report_ids]}
    return list(session.exec(_standing(), params=given))


@cache
def _standing() -> SelectOfScalar[Instruction]:
    """Put together once, as below, for whatever is given: that takes as long as asking."""
    query = in_network(Instruction, NETWORK).where(
        col(Instruction.report_id).in_(IDS),
        col(Instruction.cancelled_at).is_(None),
        col(Instruction.end_reason) != "withdrawn",
    )
    return query.order_by(col(Instruction.created_at), col(Instruction.id))


@dataclass(frozen=True)
class Returned:
    """What came back of some instructions: kinds of answers by instruction, and which of them
    somebody opened."""

    answers: Mapping[UUID, Collection[str]]
    opened: Collection[UUID]


def returned_of(
    session: Session, network_id: UUID, instructions: Iterable[Instruction]
) -> Returned:
    ids = [one.id for one in instructions]
    if not ids:
        return Returned({}, ())
    given, found = {"network_id": network_id, "ids": ids}, dict[UUID, set[str]]()
    for instruction_id, kind in session.execute(_returned(), given):
        found.setdefault(instruction_id, set()).add(kind)
    return Returned(
        {one: kinds - {OPENED} for one, kinds in found.items()},
        {one for one, kinds in found.items() if OPENED in kinds},
    )


@cache
def _returned() -> Any:
    given = in_network(Answer, NETWORK).where(col(Answer.instruction_id).in_(IDS))
    seen = in_network(Evidence, NETWORK).where(
        col(Evidence.message_id).in_(IDS), Evidence.kind == OPENED
    )
    return union(
        given.with_only_columns(col(Answer.instruction_id), col(Answer.kind)),
        seen.with_only_columns(col(Evidence.message_id), col(Evidence.kind)),
    )


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


def should_be_seen(instruction: Instruction, network: Network, now: datetime) -> bool:
    """By now: it is time to tell the colleagues."""
    return not instruction.ended_at and due_at(Step.COLLEAGUES, instruction, network) <= now
