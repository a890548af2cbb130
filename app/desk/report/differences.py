"""同じ番号で内容の違う報告: what another version says differently, for a person to judge."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.reports.forms import Envelope, codes_of, read_envelope, shown_time
from app.reports.models import Report, ReportConflict
from app.reports.quarantine import conflicts_of

Texts = dict[str, str]


@dataclass(frozen=True)
class Answered:
    """One question that the two answer differently; an empty list: not answered."""

    question: Texts
    first: list[Texts]
    other: list[Texts]


@dataclass(frozen=True)
class Difference:
    """One other version. Sealed notes are only compared, never opened."""

    conflict: ReportConflict
    only_first: list[Texts]
    only_other: list[Texts]
    answers: list[Answered]
    other: Envelope
    first: Envelope

    @property
    def other_at(self) -> datetime:
        return shown_time(self.other.client_at)

    @property
    def has_other_time(self) -> bool:
        return shown_time(self.first.client_at) != self.other_at

    @property
    def has_other_note(self) -> bool:
        return self.first.sealed != self.other.sealed


def differences_of(session: Session, report: Report, document: dict[str, Any]) -> list[Difference]:
    first = read_envelope(report.envelope)
    return [
        _difference(one, first, read_envelope(one.envelope), document)
        for one in conflicts_of(session, report)
    ]


def _difference(
    conflict: ReportConflict, first: Envelope, other: Envelope, document: dict[str, Any]
) -> Difference:
    return Difference(
        conflict=conflict,
        only_first=_items(document, first, other),
        only_other=_items(document, other, first),
        answers=_answers(document, first, other),
        other=other,
        first=first,
    )


def _items(document: dict[str, Any], these: Envelope, those: Envelope) -> list[Texts]:
    """In these and not in those. An item nobody knows is shown by its code."""
    known = {item["id"]: item["text"] for item in document["items"]}
    return [known.get(one, {"ja": one}) for one in these.items if one not in those.items]


def _answers(document: dict[str, Any], first: Envelope, other: Envelope) -> list[Answered]:
    return [
        Answered(question["text"], _options(question, first), _options(question, other))
        for question in document["questions"]
        if first.answers.get(question["id"]) != other.answers.get(question["id"])
    ]


def _options(question: dict[str, Any], envelope: Envelope) -> list[Texts]:
    given = envelope.answers.get(question["id"])
    codes = [] if given is None else codes_of(given)
    known = {option["code"]: option["text"] for option in question["options"]}
    return [known.get(code, {"ja": code}) for code in codes]
