"""What the desk lists: the open reports by what they wait for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Badge
from app.badges.queries import holder_of
from app.desk.inbox.owed import is_owed
from app.drills.models import Drill, DrillReport
from app.drills.queries import reports_of, running_drills
from app.instructions.models import Instruction
from app.instructions.queries import answers_to, instructions_for, is_unopened
from app.networks.scope import get_row
from app.organizations.queries import place_names
from app.reports.claims import claimant
from app.reports.models import Report
from app.reports.quarantine import reports_to_look_at
from app.reports.queries import Inbox, open_reports


@dataclass(frozen=True)
class Row:
    """One report in the list. `is_unopened`: nobody opened the instruction when it was time.
    `is_owed`: the last answer should have been sent long ago."""

    report: Report
    place: str
    claimed_by: str
    group: str
    has_difference: bool
    is_unopened: bool
    is_owed: bool


def list_rows(
    session: Session, network_id: UUID, inbox: Inbox, now: datetime
) -> dict[str, list[Row]]:
    """The open reports by what they wait for."""
    rows: dict[str, list[Row]] = {"new": [], "answer": [], "result": [], "close": []}
    unseen = reports_to_look_at(session, network_id, [one.id for one in inbox.reports])
    for report in inbox.reports:
        badge = get_row(session, Badge, network_id, report.badge_id)
        sent = sent_for(session, report)
        group = group_of(session, sent)
        place = holder_of(session, badge).place
        claimed_by = claimant(session, report)
        unopened = group == "answer" and is_unopened(session, sent[-1], now)
        owed = group == "close" and is_owed(sent[-1], now)
        differs = report.id in unseen
        rows[group].append(Row(report, place, claimed_by, group, differs, unopened, owed))
    return rows


def sent_for(session: Session, report: Report) -> list[Instruction]:
    """What stands: neither taken back nor withdrawn."""
    written = instructions_for(session, report)
    return [one for one in written if not (one.cancelled_at or one.is_withdrawn)]


def group_of(session: Session, sent: list[Instruction]) -> str:
    """未対応, 了解待ち, 結果待ち, 終わりの返事待ち."""
    if not sent:
        return "new"
    last, answers = sent[-1], answers_to(session, sent[-1])
    if last.wants_answer and not answers:
        return "answer"
    if last.ack in {"tap_result", "call"} and "result" not in answers and "refused" not in answers:
        return "result"
    return "close"


def inbox_rows(
    session: Session, network_id: UUID, up_to: int | None, now: datetime
) -> tuple[Inbox, dict[str, list[Row]]]:
    inbox = open_reports(session, network_id, up_to)
    return inbox, list_rows(session, network_id, inbox, now)


@dataclass(frozen=True)
class DrillRow:
    """A report made in a drill that runs."""

    report: DrillReport
    place: str


def drill_rows(
    session: Session, network_id: UUID, now: datetime
) -> list[tuple[Drill, list[DrillRow]]]:
    """Drills that run, each with its reports, those that wait for an answer first."""
    found = []
    for drill in running_drills(session, network_id, now):
        reports = sorted(reports_of(session, drill), key=lambda one: one.instructed_at is not None)
        names = place_names(session, network_id, {one.workplace_id for one in reports})
        found.append((drill, [DrillRow(one, names[one.workplace_id]) for one in reports]))
    return found
