"""The checklists every network starts from: eight industries, three languages, no network's name.

Source: written for this product (`standard/`). `{{variables}}` stay as written; whoever shows a
document fills them in.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SET_OF = {
    "conveni": "CV",
    "finance": "BK",
    "post": "PO",
    "delivery": "DL",
    "insurance": "IN",
    "retail": "SM",
    "newspaper": "NP",
    "other": "CM",
}
INDUSTRIES: tuple[str, ...] = tuple(SET_OF)
COMMON = "CM"
EMERGENCY_CALLS = ("C110", "C119")
SEALED_QUESTIONS = {"note"}
URGENCIES = ("now", "today", "info")
LANGUAGES = ("ja", "easy", "en")
MOST_FIRST, MOST_URGENT_FIRST = 8, 4
FOLDER = Path(__file__).parent / "standard"


def standard_checklist(industry: str) -> dict[str, Any]:
    """One document that a phone can work with on its own, the common items behind the industry's.

    Raises KeyError for an industry that isn't one of INDUSTRIES.
    """
    own, common = _set(SET_OF[industry]), _set(COMMON)
    items = _quick_first(own) + ([] if own is common else _most_urgent_first(common["items"]))
    return assembled(industry, [_item(item) for item in items], _first(own, common))


def assembled(industry: str, items: list[dict[str, Any]], first: list[str]) -> dict[str, Any]:
    """A document around these items, with all that a phone needs to know about them."""
    own = _set(SET_OF[industry])
    return {
        "id": own["code"],
        "industry": industry,
        "name": own["name"],
        "confidentiality": own["confidentiality"],
        "items": items,
        "first": first,
        "actions": _actions(items),
        "questions": _questions(),
        "categories": _categories({item["category"] for item in items}),
        "rules": json.loads((FOLDER / "rules.json").read_text("utf-8")),
    }


def first_of(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Ids for the top of the page: what can't wait, then what else stands first."""
    urgent = [item["id"] for item in items if item["urgency"] == "now"]
    calmer = [item["id"] for item in items if item["urgency"] != "now"]
    top = urgent[:MOST_URGENT_FIRST]
    return top + calmer[: MOST_FIRST - len(top)]


@cache
def known_actions() -> dict[str, Any]:
    """Every step that guidance can hold: to do, to call, not to do. Not to be changed."""
    return {one["code"]: _action(one) for one in _parsed("checklists.yaml")["actions"]}


@cache
def known_categories() -> dict[str, Any]:
    """Not to be changed."""
    return {one["code"]: _text(one) for one in _parsed("checklists.yaml")["categories"]}


def customer_screens() -> list[dict[str, Any]]:
    """Full-screen pages a worker turns to the customer: what to do, never an accusation."""
    return list(_parsed("customer_screens.yaml")["screens"])


def screen_for(category: str) -> str:
    """The id of the screen that fits a category; one about any request for money otherwise."""
    screens = _parsed("customer_screens.yaml")
    fitting = (one["id"] for one in screens["screens"] if category in one["categories"])
    return str(next(fitting, screens["default"]))


@cache
def _parsed(file_name: str) -> Any:
    return yaml.safe_load((FOLDER / file_name).read_text("utf-8"))


def _set(code: str) -> Any:
    return next(one for one in _parsed("checklists.yaml")["sets"] if one["code"] == code)


def _most_urgent_first(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: URGENCIES.index(item["urgency"]))


def _quick_first(checklist: Mapping[str, Any]) -> list[Any]:
    by_id = {item["id"]: item for item in checklist["items"]}
    quick = [by_id.pop(item_id) for item_id in checklist["quick"]]
    return quick + _most_urgent_first(by_id.values())


def _first(own: Mapping[str, Any], common: Mapping[str, Any]) -> list[str]:
    """Of an industry's signs, then the common ones; what was seen more often stands before."""
    items = {item["id"]: item for one in (own, common) for item in _quick_first(one)}.values()
    return first_of(list(items))


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "urgency", "category", "short", "say", "do", "dont")
    return {**{key: item[key] for key in kept}, "text": _text(item)}


def _actions(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    used = {code for item in items for code in [*item["do"], *item["dont"]]}
    wanted = used.union(EMERGENCY_CALLS)
    return {code: action for code, action in known_actions().items() if code in wanted}


def _action(action: Mapping[str, Any]) -> dict[str, Any]:
    number = {"number": action["number"]} if action["kind"] == "call" else {}
    return {"kind": action["kind"], "text": _text(action), **number}


def _questions() -> list[dict[str, Any]]:
    return [
        {
            "id": field["id"],
            "type": field["type"],
            "text": _text(field),
            "options": [{"code": one["code"], "text": _text(one)} for one in field["options"]],
        }
        for field in _parsed("checklists.yaml")["common_fields"]
        if field["id"] not in SEALED_QUESTIONS
    ]


def _categories(used: set[str]) -> dict[str, Any]:
    return {code: text for code, text in known_categories().items() if code in used}


def _text(entry: Mapping[str, str]) -> dict[str, str]:
    return {language: entry[language] for language in LANGUAGES}
