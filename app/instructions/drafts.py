"""A template and what a counsellor has made of it so far: choices, changed words, a deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.errors import N_, Conflict, Invalid
from app.instructions.choices import Choices, Texts, choices_for, chosen
from app.instructions.grounds import ASKED_FOR, GROUNDS
from app.instructions.numbers import with_hours
from app.instructions.wording import (
    Numbered,
    Values,
    Wording,
    all_wordings,
    deadline_of,
    shown,
    variables_for,
    wording_of,
    written_texts,
)
from app.networks.models import Network
from app.reports.personal_data import suspicions
from app.web.language import Language
from app.web.text import plain

MINUTES = (5, 15, 30, 60, 240)
"""Deadlines that can be chosen in place of the template's own."""


@dataclass(frozen=True)
class Typed:
    """What the form brought. `was`: the choices its words were written with."""

    wording: Wording
    codes: Mapping[str, str] = field(default_factory=dict)
    was: Mapping[str, str] = field(default_factory=dict)
    minutes: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Draft:
    """`choices`: those of the template's variables that can be chosen; `codes`: what is chosen.
    `is_translated`: nobody changed a word, so that it goes out in the template's languages."""

    template: dict[str, Any]
    values: Values
    choices: Choices
    codes: Mapping[str, str]
    wording: Wording
    is_translated: bool
    deadline_at: datetime | None
    minutes: str
    ground: str

    @property
    def suspected(self) -> bool:
        text = "\n".join([self.wording.title, self.wording.say, *self.wording.steps])
        return any(one.kind != "phone" for one in suspicions(text))

    @property
    def wants_ground(self) -> bool:
        return self.template["id"] in ASKED_FOR

    def texts(self) -> dict[str, Any]:
        """What is to be sent. Raises Invalid for a gap, and Conflict where a time that was chosen
        has gone by."""
        for name, options in self.choices.items():
            if self.codes.get(name) and self.codes[name] not in {one.code for one in options}:
                raise Conflict(N_("選んだものは、もう選べません。選び直してください。"))
        if self.wants_ground and self.ground not in GROUNDS:
            raise Invalid(N_("聞く根拠を1つ選んでください。"))
        if self.is_translated:
            return all_wordings(self.template, self.values)
        return written_texts(self.template, self.values, self.wording)


def draft_of(
    template: Mapping[str, Any],
    network: Network,
    report: Numbered,
    staff_name: str,
    now: datetime,
    typed: Typed | None = None,
) -> Draft:
    """Words that nobody changed follow the choices; in changed ones the choice alone changes."""
    codes, was = (typed.codes, typed.was) if typed else ({}, {})
    choices = choices_for(network, staff_name, now)
    values = variables_for(network, report, staff_name, now, codes)
    noted = with_hours(template, network, now)
    fresh = _plainly(noted, values)
    wording, is_translated = fresh, True
    if typed:
        before = variables_for(network, report, staff_name, now, was)
        known = [_plainly(one, told) for one in (noted, template) for told in (values, before)]
        is_translated = shown(typed.wording) in [shown(one) for one in known]
        if not is_translated:
            wording = _replaced(typed.wording, chosen(choices, was), chosen(choices, codes))
    used = {name: options for name, options in choices.items() if name in template["variables"]}
    return Draft(
        template=noted,
        values=values,
        choices=used,
        codes={name: codes.get(name) or options[0].code for name, options in used.items()},
        wording=wording,
        is_translated=is_translated,
        deadline_at=_deadline(template, network, now, typed.minutes if typed else ""),
        minutes=typed.minutes if typed else "",
        ground=typed.ground if typed else "",
    )


def _plainly(template: Mapping[str, Any], values: Values) -> Wording:
    said = wording_of(template, values, Language.JA)
    return Wording(plain(said.title), [plain(step) for step in said.steps], plain(said.say))


def _replaced(typed: Wording, before: dict[str, Texts], after: dict[str, Texts]) -> Wording:
    def put(text: str) -> str:
        for name, texts in before.items():
            if texts["ja"] and texts["ja"] != after[name]["ja"]:
                text = text.replace(texts["ja"], after[name]["ja"])
        return text

    return Wording(put(typed.title), [put(step) for step in typed.steps], put(typed.say))


def _deadline(
    template: Mapping[str, Any], network: Network, now: datetime, minutes: str
) -> datetime | None:
    usual = deadline_of(template, network, now)
    if usual and minutes in {str(one) for one in MINUTES}:
        return now + timedelta(minutes=int(minutes))
    return usual
