"""What only shows when lines are compared: a workplace listed twice, two standings of one name."""

from collections.abc import Mapping

from app.organizations.roster.entries import Problem, RosterRow
from app.organizations.roster.identity import WorkplaceKey, is_person, key_of, organization_key
from app.organizations.rules import Standing


class EarlierRows:
    """Remembers accepted rows; volunteers listed as 個人 are told apart by their names."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._headings = headings
        self._lines: dict[WorkplaceKey, int] = {}
        self._standings: dict[str, tuple[Standing, int]] = {}

    def problem_with(self, row: RosterRow) -> Problem | None:
        """Why this row cannot follow the earlier ones; without a problem, remembers it."""
        who, where = organization_key(row.organization), key_of(row)
        standing, line = self._standings.get(who, (None, 0))
        if where in self._lines:
            return self._listed_twice(row, self._lines[where])
        if row.standing and standing and standing != row.standing:
            return self._other_standing(row, row.standing, standing, line)
        self._lines[where] = row.line
        if row.standing and not standing:
            self._standings[who] = (row.standing, row.line)
        return None

    def _listed_twice(self, row: RosterRow, line: int) -> Problem:
        column = self._headings.get("workplace", self._headings["organization"])
        told_by = row.contact if is_person(row.organization) else row.workplace
        place = f"{row.organization} {told_by}".rstrip()
        text = f"「{place}」は{line}行目にもあります。名札を二重に作らないよう、この行は除きました"
        return Problem(row.line, column, text)

    def _other_standing(
        self, row: RosterRow, said: Standing, standing: Standing, line: int
    ) -> Problem:
        column = self._headings["standing"]
        text = f"{column}「{said.label}」が、{line}行目の「{row.organization}」の"
        return Problem(row.line, column, f"{text}「{standing.label}」と違います")
