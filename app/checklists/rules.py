"""From ticks and answers to urgency and guidance. Twin: static/js/checklists/rules.js.

Both read the same rules data and pass the same cases (tests/vectors/rules.json).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

MOST_DO = 6
POLICE = "C110"


class Guidance(TypedDict):
    """Ids and codes; the words are the checklist's, in the reader's language."""

    urgency: str
    item: str | None
    say: str | None
    do: list[str]
    call: list[str]
    dont: list[str]


def urgency_of(
    rules: Mapping[str, Any],
    items: Mapping[str, str],
    ticked: Iterable[str],
    answers: Mapping[str, Any],
) -> str:
    """The first rule that holds decides. An id nobody knows counts as least urgent.

    `items`: id to urgency. `answers`: question to one code or a list of codes.
    """
    lowest: str = rules["order"][0]
    counts = Counter(items.get(item_id, lowest) for item_id in set(ticked))
    for rule in rules["urgency"]:
        if _holds(rule["when"], counts, answers):
            return str(rule["then"])
    return lowest


def guidance_of(
    checklist: Mapping[str, Any], ticked: Sequence[str], answers: Mapping[str, Any]
) -> Guidance:
    """What to say, do and not do, the most urgent item first, then in the order of ticking.

    At most six things to do. C110 is always a call and calls are never cut, so it cannot be lost.
    """
    rules, items = checklist["rules"], {item["id"]: item for item in checklist["items"]}
    urgencies = {item_id: item["urgency"] for item_id, item in items.items()}
    chosen = _most_urgent_first([items[i] for i in _once(ticked) if i in items], rules["order"])
    first = chosen[0]["id"] if chosen else None
    codes = _once(code for item in chosen for code in item["do"])
    kinds = {code: action["kind"] for code, action in checklist["actions"].items()}
    kinds[POLICE] = "call"
    return {
        "urgency": urgency_of(rules, urgencies, ticked, answers),
        "item": first,
        "say": first,
        "do": [code for code in codes if kinds.get(code) == "do"][:MOST_DO],
        "call": [code for code in codes if kinds.get(code) == "call"],
        "dont": _once(code for item in chosen for code in item["dont"]),
    }


def _holds(when: Mapping[str, Any], counts: Mapping[str, int], answers: Mapping[str, Any]) -> bool:
    enough = all(counts.get(level, 0) >= least for level, least in when.get("items", {}).items())
    return enough and all(
        any(code in codes for code in _listed(answers.get(question)))
        for question, codes in when.get("answer", {}).items()
    )


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _most_urgent_first(
    items: list[Mapping[str, Any]], order: Sequence[str]
) -> list[Mapping[str, Any]]:
    rank = {level: place for place, level in enumerate(order)}
    return sorted(items, key=lambda item: -rank.get(item["urgency"], -1))
