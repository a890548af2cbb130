"""A network's own templates: the words, order, use and deadlines that it may choose.

`{"templates": [{"id", "on", "label", "title", "steps", "say", "minutes"}]}`, in the desk's order.
What a template wants back, and what is done when nobody answers, stays the standard's.
"""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from app.editions.kinds import Problem
from app.editions.wording import problems_in
from app.errors import N_
from app.instructions.standard_templates import standard_templates
from app.web.language import Language
from app.web.text import plain, unfilled

ALWAYS_ON = frozenset({"R01", "R17", "R18", "R19", "R20"})
MOST_STEPS = 3
LONGEST = {
    "label": {"ja": 12, "easy": 30, "en": 30},
    "title": {"ja": 30, "easy": 50, "en": 70},
    "steps": {"ja": 150, "easy": 250, "en": 350},
    "say": {"ja": 80, "easy": 120, "en": 160},
}
BOUNDS = {"minutes": (1, 60), "business": (15, 480)}
EMERGENCY_NUMBERS = re.compile(r"(?<!\d)(?:110|119)(?!\d)")
Piece = dict[str, Any]
Working = dict[str, Any]


def standard_form() -> Working:
    return {"templates": [_piece(template) for template in standard_templates().values()]}


def working_form(document: Working) -> Working:
    """Of a published document; templates that came with a later release stand at its end, off."""
    known = {piece["id"] for piece in document["templates"]}
    newer = [
        {**piece, "on": piece["id"] in ALWAYS_ON}
        for piece in standard_form()["templates"]
        if piece["id"] not in known
    ]
    return {"templates": [*document["templates"], *newer]}


def adapted_templates(document: Working) -> dict[str, dict[str, Any]]:
    """The standard templates with a network's words, those that are on, in its order."""
    standard = standard_templates()
    return {
        piece["id"]: _merged(standard[piece["id"]], piece)
        for piece in document["templates"]
        if piece["on"] and piece["id"] in standard
    }


def find_piece(working: Working, template_id: str) -> Piece | None:
    return next((one for one in working["templates"] if one["id"] == template_id), None)


def with_piece(working: Working, piece: Piece) -> Working:
    pieces = [piece if one["id"] == piece["id"] else one for one in working["templates"]]
    return {**working, "templates": pieces}


def moved(working: Working, template_id: str, step: int, hidden: Set[str]) -> Working:
    """One place up (-1) or down (1) among those that are seen. At either end it stays."""
    pieces = list(working["templates"])
    place = next(n for n, one in enumerate(pieces) if one["id"] == template_id)
    target = place + step
    while 0 < target < len(pieces) and pieces[target]["id"] in hidden:
        target += step
    pieces.insert(max(target, 0), pieces.pop(place))
    return {**working, "templates": pieces}


def piece_problems(piece: Piece) -> Iterator[Problem]:
    template = standard_templates()[piece["id"]]
    for field, limits in LONGEST.items():
        for language, most in limits.items():
            name, lines = f"{field}-{language}", _lines(piece[field].get(language))
            for line in lines:
                yield from problems_in(
                    line, language, field=name, most=most, variables=template["variables"]
                )
            if language == "ja" and field != "say" and not lines:
                yield Problem(name, N_("日本語は必ず入れてください。"))
            if len(lines) > MOST_STEPS:
                yield Problem(name, N_("%(most)s行までです。"), {"most": MOST_STEPS})
    for language in LONGEST["title"]:
        yield from _missing(piece, template, language)
    if template["deadline"]["type"] != "none":
        low, high = BOUNDS[template["deadline"]["type"]]
        if not low <= piece["minutes"] <= high:
            values = {"low": low, "high": high}
            yield Problem("minutes", N_("%(low)sから%(high)sまでの数を入れてください。"), values)


def _missing(piece: Piece, template: Mapping[str, Any], language: str) -> Iterator[Problem]:
    """What the standard says must stay: names to be filled in, 110 and 119. A language that is
    empty is read in Japanese."""
    said, wanted = _everything(piece, language), _everything(template, language)
    if not said:
        return
    if gone := [name for name in dict.fromkeys(unfilled(wanted)) if name not in unfilled(said)]:
        name = "{{" + gone[0] + "}}"
        yield Problem(f"steps-{language}", N_("%(name)s を残してください。"), {"name": name})
    for field in ("title", "steps", "say"):
        numbers = _emergency_numbers(template, field, language)
        if gone := [
            one for one in numbers if one not in _emergency_numbers(piece, field, language)
        ]:
            problem = N_("%(name)s を残してください。")
            yield Problem(f"{field}-{language}", problem, {"name": gone[0]})
    fields = [field for field in ("title", "steps", "say") if _lines(piece[field].get("ja"))]
    if not all(_lines(piece[field].get(language)) for field in fields):
        yield Problem(
            f"title-{language}",
            N_(
                "日本語にある見出し・お願いすること・声掛けの例は、全部入れるか、全部空にしてください。"
            ),
        )


def left_behind(piece: Piece) -> list[str]:
    """Languages that still say what the standard says, while the Japanese says something else."""
    standard = _piece(standard_templates()[piece["id"]])
    changed = [one for one in LONGEST if piece[one].get("ja") != standard[one].get("ja")]
    return [
        language.value
        for language in (Language.EASY, Language.EN)
        if any(
            piece[field].get(language.value) == standard[field].get(language.value)
            for field in changed
        )
    ]


def only_in_japanese(piece: Piece) -> bool:
    return any(not piece["title"].get(language) for language in LONGEST["title"])


def _piece(template: Mapping[str, Any]) -> Piece:
    words = {field: dict(template[field] or {}) for field in LONGEST}
    return {
        "id": template["id"],
        "on": True,
        **words,
        "minutes": int(template["deadline"]["value"]),
    }


def _merged(template: Mapping[str, Any], piece: Piece) -> dict[str, Any]:
    deadline = {**template["deadline"], "value": piece["minutes"]}
    return {**template, **{field: piece[field] for field in LONGEST}, "deadline": deadline}


def _lines(text: str | list[str] | None) -> list[str]:
    lines = text if isinstance(text, list) else [text or ""]
    return [line for line in lines if line]


def _emergency_numbers(words: Mapping[str, Any], field: str, language: str) -> list[str]:
    lines = _lines((words[field] or {}).get(language))
    return EMERGENCY_NUMBERS.findall(plain("\n".join(lines)))


def _everything(words: Mapping[str, Any], language: str) -> str:
    said = [(words[field] or {}).get(language) for field in ("title", "steps", "say")]
    return "\n".join(line for text in said for line in _lines(text))
