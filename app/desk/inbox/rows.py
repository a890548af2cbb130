"""What the desk lists: reports with what a counsellor has to know of each before opening it.

A fixed number of queries, however many rows there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.claims.marks import Mark, marks_for
from app.desk.inbox.facts import facts_of
from app.desk.inbox.owed import is_owed
from app.drills.models import Drill, DrillReport
from app.drills.queries import running_with_reports
from app.instructions.models import Instruction
from app.instructions.standing import awaited, last_standing, returned_of, should_be_seen
from app.networks.scope import get_network
from app.reports.cases import Members, count_members
from app.reports.models import Report
from app.web.access import StaffActor

GROUPS = ("new", "answer", "result", "close")
UNMOVED = Mark()


@dataclass(frozen=True)
class Row:
    """One report in the list, or the first one of a case. `is_unopened`: nobody opened the
    instruction when it was time. `is_owed`: the last answer should have been sent long ago.
    `covers`: all reports that this row stands for."""

    report: Report
    place: str
    claimed_by: str
    group: str
    has_difference: bool
    is_unopened: bool
    is_owed: bool
    members: Members | None
    covers: frozenset[UUID]
    mark: Mark


def rows_of(
    session: Session, actor: StaffActor, reports: Sequence[Report], up_to: int, now: datetime
) -> list[Row]:
    """In their order. `actor` isn't told of their own writing."""
    if not reports:
        return []
    network_id = actor.network_id
    ids = [one.id for one in reports]
    facts = facts_of(session, network_id, ids, now)
    last = last_standing(session, network_id, ids)
    back = returned_of(session, network_id, last.values())
    network = get_network(session, network_id)
    moved = [one for one in reports if facts[one.id].has_moved]
    marks = marks_for(session, moved, actor.id, now)
    cases = {one.case_id for one in reports if one.case_id}
    members = count_members(session, network_id, cases, up_to) if cases else {}

    def is_late(instruction: Instruction) -> bool:
        return instruction.id not in back.opened and should_be_seen(instruction, network, now)

    def row(report: Report) -> Row:
        known, instruction = facts[report.id], last.get(report.id)
        group = awaited(instruction, back.answers.get(instruction.id, ()) if instruction else ())
        return Row(
            report=report,
            place=known.place,
            claimed_by=known.claimed_by,
            group="done" if report.closed_at else group,
            has_difference=known.has_difference,
            is_unopened=bool(instruction and group == "answer" and is_late(instruction)),
            is_owed=bool(instruction and group == "close" and is_owed(instruction, now)),
            members=_several(members, report),
            covers=frozenset({report.id}),
            mark=marks.get(report.id, UNMOVED),
        )

    return [row(one) for one in reports]


def folded(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """By what they wait for. A case is one row, which waits for what its neediest report does."""
    first: dict[UUID, Row] = {}
    for row in rows:
        key = row.report.case_id or row.report.id
        first[key] = _together(first[key], row) if key in first else row
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for row in first.values():
        found[row.group].append(row)
    return found


def _together(one: Row, other: Row) -> Row:
    """What stands first, of those that wait for the same; and whatever is noted of either."""
    front, back = sorted((one, other), key=lambda row: GROUPS.index(row.group))
    return replace(
        front,
        has_difference=front.has_difference or back.has_difference,
        is_unopened=front.is_unopened or back.is_unopened,
        is_owed=front.is_owed or back.is_owed,
        covers=front.covers | back.covers,
    )


def _several(members: dict[UUID, Members], report: Report) -> Members | None:
    found = members.get(report.case_id) if report.case_id else None
    return found if found and found.reports > 1 else None


@dataclass(frozen=True)
class DrillRow:
    """A report made in a drill that runs."""

    report: DrillReport
    place: str


def drill_rows(
    session: Session, network_id: UUID, now: datetime
) -> list[tuple[Drill, list[DrillRow]]]:
    """Drills that run, each with its reports, those that wait for an answer first."""
    found: dict[UUID, tuple[Drill, list[DrillRow]]] = {}
    for drill, report, place in running_with_reports(session, network_id, now):
        _, rows = found.setdefault(drill.id, (drill, []))
        if report:
            rows.append(DrillRow(report, place))
    for _, rows in found.values():
        rows.sort(key=lambda one: one.report.instructed_at is not None)
    return [*found.values()]
