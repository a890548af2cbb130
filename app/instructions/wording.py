"""A template's words for one report: variables filled in, and what the counsellor changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from app.clock import TOKYO
from app.errors import N_, Invalid
from app.instructions.choices import choices_for, chosen
from app.instructions.standard_templates import personal_templates
from app.networks.models import Network
from app.networks.opening_hours import closing_today, next_opening
from app.web.language import Language
from app.web.text import filled, plain, unfilled

WORKING_DAY = 480
Values = Mapping[str, str | Mapping[str, str]]
"""What variables stand for: the same in every language, or language → text."""


class Numbered(Protocol):
    """A report, also one that was made in a drill."""

    @property
    def receipt_no(self) -> str: ...


@dataclass(frozen=True)
class Wording:
    """What a phone will show in one language."""

    title: str
    steps: list[str]
    say: str

    def as_json(self) -> dict[str, Any]:
        return {"title": self.title, "steps": self.steps, "say": self.say}


def offered_templates(templates: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Those that a counsellor can choose here. Personal data is asked for on a page of its own."""
    return {
        key: template
        for key, template in templates.items()
        if template["ack"] != "form"
        and key not in {"R01", "R17", "R18", "R19"} | personal_templates()
    }


def variables_for(
    network: Network,
    report: Numbered,
    staff_name: str,
    now: datetime,
    codes: Mapping[str, str] | None = None,
) -> dict[str, str | Mapping[str, str]]:
    """`codes`: what was chosen for variables that can be chosen (choices.yaml)."""
    opening = next_opening(network.hours, now)
    return {
        **network.variables,
        "case_no": report.receipt_no,
        "open_text": f"{opening:%-m/%-d %H:%M}" if opening else network.center_tel,
        "note": "",
        **chosen(choices_for(network, staff_name, now), codes or {}),
    }


def wording_of(template: Mapping[str, Any], values: Values, language: Language) -> Wording:
    """The template in one language, steps as the phone numbers them."""
    key = language.value
    say = template.get("say") or {}
    spoken = {
        name: value if isinstance(value, str) else value[key] for name, value in values.items()
    }
    return Wording(
        title=filled(template["title"][key], spoken),
        steps=[filled(step, spoken) for step in template["steps"][key]],
        say=filled(say.get(key, ""), spoken),
    )


def all_wordings(template: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """In every language that the template has; one that is missing is read in Japanese."""
    return {
        one.value: wording_of(template, values, one).as_json()
        for one in Language
        if template["title"].get(one.value)
    }


def written_texts(template: Mapping[str, Any], values: Values, typed: Wording) -> dict[str, Any]:
    """Untouched words go out in three languages; changed ones only in the language written.

    Raises Invalid for an empty title or step list, or for a variable nobody filled in.
    """
    original = wording_of(template, values, Language.JA)
    if shown(original) == shown(typed):
        return all_wordings(template, values)
    if not typed.title or not typed.steps:
        raise Invalid(N_("見出しと、お願いすることを1行以上入れてください。"))
    if left := unfilled("\n".join([typed.title, typed.say, *typed.steps])):
        raise Invalid(
            N_("「%(name)s」が空いたままです。書き換えてから送ってください。"), name=left[0]
        )
    return {Language.JA.value: typed.as_json()}


def closing_texts(template: Mapping[str, Any], values: Values, typed: str) -> dict[str, Any]:
    """The result as chosen, in every language; with words of one's own, in Japanese only."""
    picked = values["result_summary"]
    assert not isinstance(picked, str)
    if typed:
        wording = closing_wording(template, values, picked["ja"] + typed)
        return written_texts(template, values, wording)
    texts = all_wordings(template, values)
    if picked["ja"] and "result_summary" not in template["variables"]:
        for language, text in texts.items():
            text["steps"] = [*text["steps"], picked[language]]
    return texts


def closing_wording(template: Mapping[str, Any], values: Values, summary: str) -> Wording:
    """The result in the counsellor's words stands where the template wants it, or as a last step.
    Nobody translated it, so with one the text goes out in Japanese only."""
    said = wording_of(template, {**values, "result_summary": summary}, Language.JA)
    if summary and "result_summary" not in template["variables"]:
        return replace(said, steps=[*said.steps, summary])
    return said


def shown(wording: Wording) -> tuple[str, list[str], str]:
    return plain(wording.title), [plain(step) for step in wording.steps], plain(wording.say)


def deadline_of(template: Mapping[str, Any], network: Network, now: datetime) -> datetime | None:
    """Minutes count from now. Business minutes end with today's closing or count from the next
    opening; a working day (480) means by noon or so of the next one."""
    kind, minutes = template["deadline"]["type"], int(template["deadline"]["value"])
    if kind == "none":
        return None
    at = now + timedelta(minutes=minutes)
    if kind == "minutes":
        return at
    closing = closing_today(network.hours, now)
    if minutes < WORKING_DAY and closing and now < closing:
        return min(at, closing)
    opening = next_opening(network.hours, now)
    return (opening or now.astimezone(TOKYO)) + timedelta(minutes=min(minutes, WORKING_DAY / 2))
