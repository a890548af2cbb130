"""What the desk shows of one report: everything known about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.alarms.queries import Beside, beside
from app.badges.models import Badge, Pairing
from app.badges.queries import BadgeHolder, holder_of, pairing_with
from app.checklists.models import ChecklistVersion
from app.checklists.queries import current_checklist, find_version
from app.claims.marks import Mark, is_news_for, marks_for
from app.deliveries.letters import letter_about
from app.deliveries.models import Mail
from app.deliveries.reachability import Reachability, reachability_of
from app.desk.report.around import Around, around
from app.desk.report.differences import Difference, differences_of
from app.desk.report.notes import Opened, open_note, open_result
from app.disclosures.models import Disclosure
from app.disclosures.queries import disclosures_of
from app.instructions.edition import templates_of
from app.instructions.ending import phone_task_of
from app.instructions.models import Answer, FollowUp, Instruction, PhoneTask
from app.instructions.queries import (
    Rung,
    answers_to,
    follow_ups,
    instructions_for,
    is_unreachable,
    ladder,
)
from app.instructions.recipients import sender_phones
from app.instructions.slots import Slot, chosen_slot, slots_of
from app.instructions.standard_templates import STARTING_TEMPLATES
from app.instructions.together import written_together
from app.instructions.withdrawing import can_be_withdrawn
from app.instructions.wording import offered_templates
from app.networks.scope import get_row
from app.outcomes.queries import Ending, ending_of
from app.reports.claims import claimant
from app.reports.forms import codes_of, read_envelope
from app.reports.intake import TypedIn, typed_in
from app.reports.many_phones import is_used_by_many
from app.reports.models import Report
from app.reports.rescue import check_of, twins_of
from app.sealing.custody import MasterKey
from app.sealing.keys import key_states
from app.staff.models import Staff


@dataclass(frozen=True)
class Answered:
    """One instruction as the desk sees it: the receipt ladder and what came back."""

    instruction: Instruction
    rungs: list[Rung]
    answers: dict[str, Answer]
    note: Opened
    can_be_taken_back: bool
    can_be_withdrawn: bool
    follow_ups: list[FollowUp]
    letter: Mail | None
    unreachable: bool
    task: PhoneTask | None
    together: int
    slots: list[Slot]
    chosen: Slot | None
    owner: str


@dataclass(frozen=True)
class Detail:
    """One report for a counsellor."""

    report: Report
    holder: BadgeHolder
    pairing: Pairing | None
    claimed_by: str
    items: list[dict[str, Any]]
    answers: list[tuple[dict[str, Any], list[dict[str, Any]]]]
    note: Opened
    flags: list[str]
    instructions: list[Answered]
    around: Around
    differences: list[Difference]
    starting: list[dict[str, Any]]
    check: str
    twins: list[Report]
    reachability: Reachability
    mark: Mark
    is_news: bool
    typed_in: TypedIn | None
    beside: Beside
    disclosures: list[Disclosure] | None
    ending: Ending

    @property
    def unseen_differences(self) -> bool:
        return any(one.conflict.reviewed_at is None for one in self.differences)


def detail_of(
    session: Session,
    master: MasterKey,
    report: Report,
    now: datetime,
    asker_id: UUID | None = None,
) -> Detail:
    """`asker_id`: whose own writing isn't told, and whether a move of the claim is news to them."""
    mark = marks_for(session, [report], asker_id, now)[report.id]
    badge = get_row(session, Badge, report.network_id, report.badge_id)
    document = checklist_of(session, report).document
    known = {item["id"]: item for item in document["items"]}
    return Detail(
        report=report,
        ending=ending_of(session, report),
        holder=holder_of(session, badge),
        pairing=pairing_with(session, report.network_id, report.device_id, badge.id),
        claimed_by=claimant(session, report),
        items=[known[item] for item in report.items if item in known],
        answers=answers_in_words(document, report),
        note=open_note(session, master, report),
        flags=[*report.flags, *key_flags(session, report), *badge_flags(session, report)],
        instructions=[
            answered(session, master, report, one, now) for one in instructions_for(session, report)
        ],
        around=around(session, report, now),
        differences=differences_of(session, report, document),
        starting=starting_templates(session, report.network_id, report.urgency),
        check=check_of(report),
        twins=twins_of(session, report),
        reachability=reachability_of(
            session, report.network_id, sender_phones(session, report), now
        ),
        mark=mark,
        is_news=asker_id is not None and is_news_for(mark, asker_id),
        typed_in=typed_in(session, report, document),
        beside=beside(session, report, now),
        disclosures=disclosures_of(session, report),
    )


def starting_templates(session: Session, network_id: UUID, urgency: str) -> list[dict[str, Any]]:
    """What fits the urgency, as far as the network uses it; else what it uses first."""
    offered = offered_templates(templates_of(session, network_id))
    fitting = [offered[name] for name in STARTING_TEMPLATES[urgency] if name in offered]
    return fitting or list(offered.values())[:1]


def checklist_of(session: Session, report: Report) -> ChecklistVersion:
    return find_version(
        session, report.network_id, report.industry, report.checklist_version
    ) or current_checklist(session, report.network_id, report.industry)


def answers_in_words(
    document: dict[str, Any], report: Report
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    words = []
    for question in document["questions"]:
        given = report.answers.get(question["id"])
        if given is None:
            continue
        codes = codes_of(given)
        options = [o["text"] for o in question["options"] if o["code"] in codes]
        words.append((question["text"], options))
    return words


def key_flags(session: Session, report: Report) -> list[str]:
    """What became known of the key after the report had come."""
    sealed = read_envelope(report.envelope).sealed
    state = sealed and key_states(session, [report.network_id]).get((report.network_id, sealed.kid))
    return [state] if state and state not in report.flags else []


def badge_flags(session: Session, report: Report) -> list[str]:
    return ["many_phones"] if is_used_by_many(session, report) else []


def answered(
    session: Session, master: MasterKey, report: Report, instruction: Instruction, now: datetime
) -> Answered:
    answers, task = answers_to(session, instruction), phone_task_of(session, instruction)
    return Answered(
        instruction=instruction,
        rungs=ladder(session, instruction, now),
        answers=answers,
        note=open_result(session, master, instruction, answers.get("result")),
        can_be_taken_back=not instruction.cancelled_at and instruction.release_at > now,
        can_be_withdrawn=can_be_withdrawn(instruction, now),
        follow_ups=follow_ups(session, instruction),
        letter=letter_about(session, report.network_id, instruction.id, report.workplace_id),
        unreachable=is_unreachable(session, instruction),
        task=task,
        slots=slots_of(instruction),
        chosen=chosen_slot(instruction, answers),
        owner=get_row(session, Staff, task.network_id, task.assigned_to_id).name if task else "",
        together=len(written_together(session, report, instruction)),
    )
