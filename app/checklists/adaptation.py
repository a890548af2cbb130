"""A checklist in its working form: all items in order, with those that are switched off.

`{"items": [{…, "on": true}], "enough": 3, "numbers": {"CCENTER": "{{center_tel}}"}}`; `enough`: so
many signs of the lowest urgency are looked at today.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from app.checklists.standard_set import (
    EMERGENCY_CALLS,
    assembled,
    first_of,
    known_actions,
    standard_checklist,
)

OWN = "X-"
FEWEST_ENOUGH, MOST_ENOUGH = 2, 9
Item = dict[str, Any]
Working = dict[str, Any]


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    TOP = "top"


def working_form(
    industry: str, document: dict[str, Any], older: Iterable[dict[str, Any]]
) -> Working:
    """Of a published document. Items of `older` ones (newest first) and of the standard set that
    it doesn't have are switched off, not lost."""
    items = {item["id"]: {**item, "on": True} for item in _first_ones_first(document)}
    for other in [*older, standard_checklist(industry)]:
        for item in other["items"]:
            items.setdefault(item["id"], {**item, "on": False})
    return {
        "items": list(items.values()),
        "enough": enough_of(document["rules"]),
        "numbers": {
            code: document["actions"].get(code, action)["number"]
            for code, action in known_actions().items()
            if "number" in action
        },
    }


def standard_form(industry: str) -> Working:
    return working_form(industry, standard_checklist(industry), [])


def published_form(industry: str, working: Working) -> dict[str, Any]:
    """The document that phones get: what is on, and nothing of what is off."""
    items = [
        {key: value for key, value in item.items() if key != "on"}
        for item in working["items"]
        if item["on"]
    ]
    document = assembled(industry, items, first_of(items))
    for code, action in document["actions"].items():
        if "number" in action:
            document["actions"][code] = _with_number(action, working["numbers"][code])
    for rule in document["rules"]["urgency"]:
        if "info" in rule["when"].get("items", {}):
            rule["when"]["items"]["info"] = working["enough"]
    return document


def enough_of(rules: dict[str, Any]) -> int:
    wanted = (rule["when"].get("items", {}) for rule in rules["urgency"])
    return next(int(items["info"]) for items in wanted if "info" in items)


def find_item(working: Working, item_id: str) -> Item | None:
    return next((item for item in working["items"] if item["id"] == item_id), None)


def with_item(working: Working, item: Item) -> Working:
    """In its place; at the end of what is on if it is new or comes back."""
    before = find_item(working, item["id"])
    items = [item if one["id"] == item["id"] else one for one in working["items"]]
    if before is None or (item["on"] and not before["on"]):
        items = [*(one for one in items if one["id"] != item["id"]), item]
    return {**working, "items": _on_before_off(items)}


def moved(working: Working, item_id: str, direction: Direction) -> Working:
    """Among what is on. At either end it stays where it is."""
    items = _on_before_off(working["items"])
    place = next((n for n, item in enumerate(items) if item["id"] == item_id and item["on"]), None)
    if place is None:
        return working
    last = sum(item["on"] for item in items) - 1
    wanted = {Direction.UP: place - 1, Direction.DOWN: place + 1, Direction.TOP: 0}[direction]
    items.insert(min(max(wanted, 0), last), items.pop(place))
    return {**working, "items": items}


def _on_before_off(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: not item["on"])


def next_own_id(working: Working) -> str:
    """Never one that a version ever had: those stay in the working form, switched off."""
    taken = [int(item["id"][len(OWN) :]) for item in working["items"] if is_own(item)]
    return f"{OWN}{max(taken, default=0) + 1:02d}"


def is_own(item: Item) -> bool:
    return str(item["id"]).startswith(OWN)


def changeable_numbers() -> dict[str, Any]:
    """Calls whose number a network may choose. 110 and 119 are what they are."""
    return {
        code: action
        for code, action in known_actions().items()
        if "number" in action and code not in EMERGENCY_CALLS
    }


def _first_ones_first(document: dict[str, Any]) -> list[Item]:
    """In the order of the phone's page, so that what was at the top stays there."""
    items = {item["id"]: item for item in document["items"]}
    top = [items.pop(item_id) for item_id in document["first"]]
    return [*top, *items.values()]


def _with_number(action: dict[str, Any], number: str) -> dict[str, Any]:
    """The sentence names the number, so it names the new one."""
    usual = action["number"]
    text = {language: said.replace(usual, number) for language, said in action["text"].items()}
    return {**action, "number": number, "text": text}
