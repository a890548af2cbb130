"""188 and #9110 in a template: where one is closed just now, the text says so, and what else."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.networks.models import Network
from app.networks.opening_hours import is_open

SOURCE = Path(__file__).parent / "standard" / "numbers.yaml"
NAMED = {"188": re.compile(r"(?<![\d-])188(?!\d)"), "#9110": re.compile(r"#9110")}
POLICE_ADVICE: dict[str, Any] = {
    "weekly": {str(weekday): ["08:30", "17:15"] for weekday in range(5)},
    "year_end": ["12-29", "01-03"],
}
"""When #9110 answers in most prefectures. 188 leads to the town's own centre, in its hours."""
SAYS_IT_ALREADY = "時間外"


@cache
def notes() -> dict[str, dict[str, str]]:
    """Number → what is said while it is closed. Not to be changed."""
    document: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = document["notes"]
    return found


def with_hours(template: Mapping[str, Any], network: Network, now: datetime) -> dict[str, Any]:
    """The template with one more step for each closed number that it names."""
    closed = [number for number in NAMED if _is_closed(number, network, now)]
    named = [number for number in closed if _names(template, number)]
    return with_steps(template, [notes()[number] for number in named])


def with_steps(template: Mapping[str, Any], more: list[dict[str, str]]) -> dict[str, Any]:
    """In each language that the template has."""
    steps = {
        language: [*said, *(one[language] for one in more)] if said else said
        for language, said in template["steps"].items()
    }
    return {**template, "steps": steps}


def _is_closed(number: str, network: Network, now: datetime) -> bool:
    return not is_open(network.hours if number == "188" else POLICE_ADVICE, now)


def _names(template: Mapping[str, Any], number: str) -> bool:
    say = (template.get("say") or {}).get("ja", "")
    lines = [template["title"]["ja"], *template["steps"]["ja"], say]
    text = "\n".join(lines)
    return bool(NAMED[number].search(text)) and SAYS_IT_ALREADY not in text
