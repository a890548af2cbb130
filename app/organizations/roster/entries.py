"""What comes out of a roster."""

from dataclasses import dataclass
from datetime import date

from app.organizations.rules import Industry, Standing


@dataclass(frozen=True)
class RosterRow:
    """One workplace, complete and usable; texts are "" where the roster says nothing.

    `line` counts from 1 as the spreadsheet shows it. `workplace` is "" when the organization
    itself, or a person, is meant.
    """

    line: int
    standing: Standing
    industry: Industry
    organization: str
    organization_kana: str
    workplace: str
    address: str
    telephone: str
    contact: str
    email: str
    commissioned_on: date | None
    badges: int
    note: str


@dataclass(frozen=True)
class Problem:
    """Something a clerk has to put right; `column` is the heading as their file spells it.

    Without a column it speaks of another sheet of the file, and `line` is a line of that sheet.
    """

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.line}行目:{self.text}"


@dataclass(frozen=True)
class Roster:
    """Every workplace line of the file is either in `rows` or named in `problems`, never both."""

    rows: list[RosterRow]
    problems: list[Problem]


class RosterUnreadable(ValueError):
    """The file as a whole is no roster; the text tells the clerk what to do about it."""
