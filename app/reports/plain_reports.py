"""A report sent as a plain form, turned into the same envelope a phone's script writes."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlmodel import Session
from starlette.datastructures import FormData

from app.errors import N_
from app.ids import new_id
from app.reports.forms import CODE, MOST_ITEMS, NOTE_LENGTH
from app.reports.personal_data import suspicions
from app.sealing.envelope import Context
from app.sealing.keys import seal_for
from app.web.language import say

WITHOUT_SCRIPT = 0
"""The device_seq of a report sent as a plain form, which has no sequence of the phone's own."""


@dataclass(frozen=True)
class PlainReport:
    """What was ticked and typed, tidied. `note` is still readable here, and nowhere later."""

    report_id: UUID
    version: int
    items: list[str]
    answers: dict[str, Any]
    note: str
    agreed_version: int

    @property
    def note_is_too_long(self) -> bool:
        return len(self.note) > NOTE_LENGTH


def read_plain_report(form: FormData, multiple: set[str], single: set[str]) -> PlainReport:
    """Codes that make no sense are left out; a missing or odd id gets a fresh one."""
    answers: dict[str, Any] = {}
    for question in single:
        if codes := _codes(form, f"answer-{question}"):
            answers[question] = codes[0]
    for question in multiple:
        if codes := _codes(form, f"answer-{question}"):
            answers[question] = codes
    return PlainReport(
        report_id=_uuid(_text(form, "report_id")),
        version=_number(_text(form, "version")),
        items=_codes(form, "item")[:MOST_ITEMS],
        answers=answers,
        note=_text(form, "note").replace("\r\n", "\n"),
        agreed_version=_number(_text(form, "agreed_version")),
    )


def envelope_bytes(
    report: PlainReport,
    checklist_id: str,
    sealed: dict[str, Any] | None,
    now: datetime,
    drill_id: UUID | None = None,
) -> bytes:
    envelope = {
        "v": 1,
        "report_id": str(report.report_id),
        "device_seq": WITHOUT_SCRIPT,
        "checklist": {"id": checklist_id, "version": max(report.version, 1)},
        "items": report.items,
        "answers": report.answers,
        "client_at": now.isoformat(timespec="milliseconds"),
        "corrects": None,
        "sealed": sealed,
        **({"drill": str(drill_id)} if drill_id else {}),
    }
    return json.dumps(envelope, separators=(",", ":")).encode()


def seal_note(session: Session, network_id: UUID, report: PlainReport) -> dict[str, object] | None:
    if not report.note:
        return None
    context = Context(str(network_id), str(report.report_id), "report", "note")
    return seal_for(session, report.note, context).to_dict()


def note_troubles(report: PlainReport, *, is_fine: bool) -> list[Markup]:
    """`is_fine`: whoever wrote it says that what looks like personal data isn't anybody's."""
    if report.note_is_too_long:
        return [say(N_("ひとことは120字までです(いま %(n)s字)。"), n=len(report.note))]
    if suspicions(report.note) and not is_fine:
        return [
            say(
                N_(
                    "ひとことに、名前や番号のような文字があります。消すか、このまま送るか選んでください。"
                )
            )
        ]
    return []


def _codes(form: FormData, name: str) -> list[str]:
    given = [one for one in form.getlist(name) if isinstance(one, str)]
    return list(dict.fromkeys(one for one in given if re.fullmatch(CODE, one)))


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
