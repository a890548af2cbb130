"""What changed between two documents, piece by piece, for whoever approves it or looks back."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.editions.kinds import Part


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """`fields`: name → the text before and after; empty where a piece came or went whole."""

    part: str
    name: str
    change: Change
    fields: dict[str, tuple[str, str]]


def differences(before: Mapping[str, Part], after: Mapping[str, Part]) -> list[Difference]:
    """In the order of `after`, then what went away. Of pieces that changed places only those are
    named that were moved, not all that made room (field `place`)."""
    places = _moved(
        [key for key in before if key in after], [key for key in after if key in before]
    )
    found = [_difference(key, before.get(key), part, places) for key, part in after.items()]
    gone = [
        Difference(key, part.name, Change.REMOVED, {})
        for key, part in before.items()
        if key not in after
    ]
    return [one for one in found if one] + gone


def _moved(before: list[str], after: list[str]) -> dict[str, tuple[str, str]]:
    """Key → its place among the pieces that both have, before and after."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {key for one in matcher.get_matching_blocks() for key in before[one.a :][: one.size]}
    return {
        key: (str(before.index(key) + 1), str(place))
        for place, key in enumerate(after, 1)
        if key not in stayed
    }


def _difference(
    key: str, old: Part | None, new: Part, places: Mapping[str, tuple[str, str]]
) -> Difference | None:
    if old is None:
        return Difference(key, new.name, Change.ADDED, {})
    pairs = {name: (old.fields.get(name, ""), text) for name, text in new.fields.items()}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    moved = {"place": places[key]} if key in places else {}
    fields = moved | changed
    return Difference(key, new.name, Change.CHANGED, fields) if fields else None
