"""One line of a roster, read whole."""

from collections.abc import Callable, Mapping
from typing import Any

from app.organizations.roster import dates, spellings, values
from app.organizations.roster.cells import Cell, Doubt, plain
from app.organizations.roster.entries import Problem, RosterRow
from app.organizations.roster.lines import Line

_READERS: dict[str, Callable[[Cell], Any]] = {
    "standing": spellings.standing,
    "industry": spellings.industry,
    "organization": values.organization,
    "organization_kana": values.name,
    "workplace": values.workplace,
    "address": values.name,
    "telephone": values.telephone,
    "contact": values.name,
    "email": values.email,
    "commissioned_on": dates.day,
    "badges": values.badge_count,
    "note": plain,
}

_LONGEST = {
    "standing": 40,
    "industry": 40,
    "organization": 120,
    "organization_kana": 120,
    "workplace": 120,
    "address": 200,
    "telephone": 40,
    "contact": 80,
    "email": 200,
    "commissioned_on": 40,
    "badges": 40,
    "note": 1000,
}


def read_row(line: Line, headings: Mapping[str, str]) -> RosterRow | list[Problem]:
    """The row, or everything that keeps the line from being one."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in _READERS:
        try:
            read[field] = _value(field, line.cells.get(field, ""))
        except Doubt as doubt:
            problems.append(Problem(line.number, headings[field], f"{headings[field]}{doubt}"))
    return problems or RosterRow(line=line.number, **read)


def _value(field: str, cell: Cell) -> Any:
    if isinstance(cell, str) and len(cell) > _LONGEST[field]:
        raise Doubt(f"が長すぎます({_LONGEST[field]}字まで)")
    return _READERS[field](cell)
