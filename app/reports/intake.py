"""聞き取り: a report by telephone or on paper, typed in by staff for whoever brought it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from app.badges.models import Badge
from app.checklists.rules import guidance_of
from app.networks.scope import get_network, get_row, in_network
from app.reports.claims import claim
from app.reports.models import Intake, Report
from app.reports.plain_reports import PlainReport, envelope_bytes, seal_note
from app.reports.receipts import Receipts
from app.reports.rescue import rescue_report
from app.reports.turns import take_turns
from app.staff.models import Staff
from app.web.access import StaffActor
from app.web.text import filled_document

Texts = dict[str, str]


class Way(StrEnum):
    """Also the report's flag."""

    PHONED = "phoned"
    PAPER = "paper"


@dataclass(frozen=True)
class Heard:
    """What somebody said or wrote, and under which badge it goes. `at`: when they did."""

    badge: Badge
    report: PlainReport
    checklist_id: str
    way: Way
    at: datetime
    said_number: bool


def take_in(
    session: Session, receipts: Receipts, heard: Heard, actor: StaffActor, now: datetime
) -> None:
    """As a phone without script would have sent it, sealed on receipt. The same id once more
    changes nothing. Who has the caller on the line has the report."""
    network_id, report_id = heard.badge.network_id, heard.report.report_id
    take_turns(session, {network_id})
    if session.get(Report, (network_id, report_id)):
        return
    sealed = seal_note(session, network_id, heard.report)
    raw = envelope_bytes(heard.report, heard.checklist_id, sealed, heard.at)
    rescue_report(session, receipts, heard.badge, raw, actor, flag=heard.way, now=now)
    session.add(
        Intake(
            network_id=network_id,
            report_id=report_id,
            way=heard.way,
            said_number=heard.said_number,
            typed_by_id=actor.id,
            typed_at=now,
        )
    )
    session.flush()
    if heard.way is Way.PHONED:
        claim(session, get_row(session, Report, network_id, report_id), actor, now)


def find_intake(session: Session, report: Report) -> Intake | None:
    query = in_network(Intake, report.network_id).where(Intake.report_id == report.id)
    return session.exec(query).first()


@dataclass(frozen=True)
class TypedIn:
    """Who typed a report in, and what is to be read out to whoever brought it."""

    intake: Intake
    typed_by: str
    say: Texts | None
    do: list[Texts]
    call: list[Texts]
    dont: list[Texts]


def typed_in(session: Session, report: Report, document: dict[str, Any]) -> TypedIn | None:
    intake = find_intake(session, report)
    if intake is None:
        return None
    document = filled_document(document, get_network(session, report.network_id).variables)
    guidance = guidance_of(document, report.items, report.answers)
    sayings = {item["id"]: item["say"] for item in document["items"]}
    texts = {code: action["text"] for code, action in document["actions"].items()}
    return TypedIn(
        intake=intake,
        typed_by=get_row(session, Staff, report.network_id, intake.typed_by_id).name,
        say=sayings.get(guidance["say"]) if guidance["say"] else None,
        do=[texts[code] for code in guidance["do"] if code in texts],
        call=[texts[code] for code in guidance["call"] if code in texts],
        dont=[texts[code] for code in guidance["dont"] if code in texts],
    )
