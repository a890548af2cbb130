"""What a counsellor can choose for a template's `{{variable}}`: sentences in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.clock import TOKYO
from app.networks.models import Network
from app.networks.opening_hours import closing_today, next_opening
from app.web.text import filled

SOURCE = Path(__file__).parent / "standard" / "choices.yaml"
NOON = time(12)
Texts = dict[str, str]


@dataclass(frozen=True)
class Choice:
    """One of the things a variable can stand for."""

    code: str
    texts: Texts


Choices = Mapping[str, list[Choice]]


@cache
def standard_choices() -> dict[str, dict[str, Texts]]:
    """Variable → code → texts, as choices.yaml lists them. Not to be changed."""
    document: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {name: options for name, options in document.items() if name != "schema"}


def choices_for(network: Network, staff_name: str, now: datetime) -> Choices:
    """The first of each is the usual one. Of times, only those that are still to come."""
    times = _times(network, now)
    return {
        "staff_label": _options("staff_label", {"name": staff_name}),
        "deadline_text": [
            Choice(code, _filled(standard_choices()["deadline_text"][code], times[code]))
            for code in ("closing", "noon", "next_closing", "next_noon")
            if code in times
        ],
        "result_summary": _options("result_summary", {}),
    }


def chosen(choices: Choices, codes: Mapping[str, str]) -> dict[str, Texts]:
    """What each variable stands for. A code that isn't offered (any more) is the usual one; the
    result of a report is nothing unless somebody chose it."""
    found: dict[str, Texts] = {}
    for name, options in choices.items():
        usual = {} if name == "result_summary" else options[0].texts
        known = {one.code: one.texts for one in options}
        found[name] = known.get(codes.get(name, ""), usual) or dict.fromkeys(
            ("ja", "easy", "en"), ""
        )
    return found


def _options(name: str, values: Mapping[str, str]) -> list[Choice]:
    options = standard_choices()[name].items()
    return [Choice(code, _filled(texts, values)) for code, texts in options]


def _filled(texts: Texts, values: Mapping[str, str]) -> Texts:
    return {language: filled(text, values) for language, text in texts.items()}


def _times(network: Network, now: datetime) -> dict[str, dict[str, str]]:
    """By code; where the centre never opens, five o'clock of the same day is what is left."""
    local, times = now.astimezone(TOKYO), {}
    closing = closing_today(network.hours, now)
    if closing and closing > now:
        times["closing"] = _moment(closing)
        if local.time() < NOON < closing.time():
            times["noon"] = _moment(closing.replace(hour=12, minute=0))
    opening = next_opening(network.hours, now)
    if opening and (end := closing_today(network.hours, opening)):
        times["next_closing"] = _moment(end)
        if opening.time() < NOON < end.time():
            times["next_noon"] = _moment(end.replace(hour=12, minute=0))
    return times or {"closing": _moment(local.replace(hour=17, minute=0))}


def _moment(at: datetime) -> dict[str, str]:
    return {"day": f"{at:%-m/%-d}", "time": f"{at:%-H:%M}"}
