"""What only shows when lines are compared: a workplace listed twice, two standings of one name."""

from collections.abc import Mapping

from app.organizations.roster.cells import folded
from app.organizations.roster.entries import Problem, RosterRow
from app.organizations.rules import Standing

_PERSON = frozenset({"個人", "(個人)"})


class EarlierRows:
    """Remembers accepted rows; volunteers listed as 個人 are told apart by their names."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._headings = headings
        self._lines: dict[tuple[str, ...], int] = {}
        self._standings: dict[str, tuple[Standing, int]] = {}

    def problem_with(self, row: RosterRow) -> Problem | None:
        """Why this row cannot follow the earlier ones; without a problem, remembers it."""
        who = _organization(row)
        where = (who, folded(row.workplace), row.industry)
        standing, line = self._standings.get(who, (row.standing, row.line))
        if where in self._lines:
            return self._listed_twice(row, self._lines[where])
        if standing != row.standing:
            return self._other_standing(row, standing, line)
        self._lines[where] = row.line
        self._standings[who] = (standing, line)
        return None

    def _listed_twice(self, row: RosterRow, line: int) -> Problem:
        column = self._headings.get("workplace", self._headings["organization"])
        place = f"{row.organization} {row.workplace}".rstrip()
        text = f"「{place}」は{line}行目にもあります。名札を二重に作らないよう、この行は除きました"
        return Problem(row.line, column, text)

    def _other_standing(self, row: RosterRow, standing: Standing, line: int) -> Problem:
        column = self._headings["standing"]
        text = f"{column}「{row.standing.label}」が、{line}行目の「{row.organization}」の"
        return Problem(row.line, column, f"{text}「{standing.label}」と違います")


def _organization(row: RosterRow) -> str:
    name = folded(row.organization)
    return f"{name} {folded(row.contact)}" if name in _PERSON else name
