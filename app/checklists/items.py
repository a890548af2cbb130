"""One item as it is being written: what it may not lack, and what its words may hold."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from app.checklists.adaptation import Item, Working, is_own, standard_form
from app.checklists.standard_set import (
    EMERGENCY_CALLS,
    LANGUAGES,
    URGENCIES,
    known_actions,
    known_categories,
)
from app.editions.kinds import Problem
from app.editions.wording import problems_in
from app.errors import N_

LONGEST = {
    "text": {"ja": 30, "easy": 60, "en": 90},
    "short": {"ja": 14, "easy": 30, "en": 40},
    "say": {"ja": 60, "easy": 80, "en": 140},
}
VARIABLES = ("center_name", "center_tel", "houkatsu_name", "houkatsu_tel", "police_tel")
MOST_STEPS = 8
POLICE, NO_NAMES = "C110", "D_PII"
NUMBER = re.compile(r"#?\d[\d-]{1,14}\Z")


def standard_item(industry: str, item_id: str) -> Item | None:
    """Not to be changed."""
    return _standard_items(industry).get(item_id)


@cache
def _standard_items(industry: str) -> dict[str, Item]:
    return {item["id"]: item for item in standard_form(industry)["items"]}


def blank_item(item_id: str) -> Item:
    empty: dict[str, Any] = {field: {"ja": ""} for field in LONGEST}
    kept = {"id": item_id, "urgency": "today", "category": "other", "on": True}
    return {**kept, **empty, "do": [], "dont": [NO_NAMES]}


def kept_safe(item: Item, standard: Item | None) -> Item:
    """With what nobody can take away: 110 where it can't wait, 119 where the standard has it, and
    that no names are written down. Where it can't wait, emergency calls come before other calls."""
    floor = [code for code in EMERGENCY_CALLS if standard and code in standard["do"]]
    if item["urgency"] == "now" and POLICE not in floor:
        floor.append(POLICE)
    do = list(dict.fromkeys([*item["do"], *floor]))
    if item["urgency"] == "now":
        do = _emergency_first(do)
    guarded = NO_NAMES in standard["dont"] if standard else True
    dont = list(dict.fromkeys([*item["dont"], *([NO_NAMES] if guarded else [])]))
    return {**item, "do": do, "dont": dont}


def _emergency_first(codes: list[str]) -> list[str]:
    """Calls keep the places that calls have."""
    calls = [code for code in codes if "number" in known_actions().get(code, {})]
    in_turn = iter(sorted(calls, key=lambda code: code not in EMERGENCY_CALLS))
    return [next(in_turn) if code in calls else code for code in codes]


def item_problems(item: Item) -> Iterator[Problem]:
    if item["urgency"] not in URGENCIES or item["category"] not in known_categories():
        yield Problem("urgency", N_("急ぎ具合と手口を選んでください。"))
    for field, limits in LONGEST.items():
        for language in LANGUAGES:
            name, text = f"{field}-{language}", item[field].get(language, "")
            yield from problems_in(
                text, language, field=name, most=limits[language], variables=VARIABLES
            )
            if language == "ja" and not text:
                yield Problem(name, N_("日本語は必ず入れてください。"))
    yield from _step_problems(item)


def _step_problems(item: Item) -> Iterator[Problem]:
    kinds = {code: action["kind"] for code, action in known_actions().items()}
    if not {kinds.get(code) for code in item["do"]} <= {"do", "call"}:
        yield Problem("do", N_("「すること」を選び直してください。"))
    if not {kinds.get(code) for code in item["dont"]} <= {"dont"}:
        yield Problem("dont", N_("「しないこと」を選び直してください。"))
    if not item["do"]:
        yield Problem("do", N_("「すること」を1つ以上選んでください。"))
    if len(item["do"]) > MOST_STEPS:
        yield Problem("do", N_("「すること」は%(most)sつまでです。"), {"most": MOST_STEPS})


def number_problems(code: str, number: str, usual: str) -> Iterator[Problem]:
    if number != usual and not NUMBER.match(number):
        yield Problem(f"number-{code}", N_("電話番号は、数字とハイフンで入れてください。"))


def only_in_japanese(item: Item) -> bool:
    """Phones in other languages show the Japanese, marked as such."""
    return any(not item[field].get(language) for field in LONGEST for language in LANGUAGES)


def left_behind(item: Item, standard: Item | None) -> list[str]:
    """Languages that still say what the standard says, while the Japanese says something else."""
    if standard is None or is_own(item):
        return []
    changed = [field for field in LONGEST if item[field]["ja"] != standard[field]["ja"]]
    return [
        language
        for language in LANGUAGES[1:]
        if any(item[field].get(language) == standard[field][language] for field in changed)
    ]


def whole_problems(industry: str, working: Working) -> Sequence[Problem]:
    """Why a checklist can't be published: nothing to tick, or an item that isn't right."""
    shown = [item for item in working["items"] if item["on"]]
    if not shown:
        return [Problem("items", N_("1つ以上の項目を使うようにしてください。"))]
    return [problem for item in shown for problem in item_problems(item)]
