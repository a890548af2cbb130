"""What comes out of a roster."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.organizations.rules import Industry, Standing


@dataclass(frozen=True)
class RosterRow:
    """One workplace, complete and usable; texts are "" where the roster says nothing.

    `line` counts from 1 as the spreadsheet shows it. `workplace` is "" when the organization
    itself, or a person, is meant. Without a `standing`, the network's usual one is meant.
    """

    line: int
    standing: Standing | None
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
class Column:
    """A column as the spreadsheet names it (C), its heading, and the field it was understood as:
    "" for one that isn't read."""

    letters: str
    heading: str
    field: str


@dataclass(frozen=True)
class Layout:
    """Where the roster was found: its sheet ("" in a csv), the line of its header, its columns."""

    sheet: str = ""
    line: int = 0
    columns: tuple[Column, ...] = ()

    @property
    def read(self) -> list[Column]:
        return [column for column in self.columns if column.field]

    @property
    def unread(self) -> list[Column]:
        return [column for column in self.columns if not column.field]


@dataclass(frozen=True)
class Roster:
    """Every workplace line of the file is either in `rows` or named in `problems`, never both.

    `cells`: of each line with a problem, what stands in the columns that were read, in their order.
    """

    rows: list[RosterRow]
    problems: list[Problem]
    layout: Layout = Layout()
    cells: Mapping[int, list[str]] = field(default_factory=dict)

    @property
    def lines(self) -> int:
        """How many workplaces the file lists, understood or not."""
        return len(self.rows) + len(self.cells)


class RosterUnreadable(ValueError):
    """The file as a whole is no roster; the text tells the clerk what to do about it."""
