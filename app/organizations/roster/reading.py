"""From a roster file to what a network can take over."""

from collections.abc import Iterable, Iterator

from app.organizations.roster.cells import plain
from app.organizations.roster.columns import Header, find_header, told_columns
from app.organizations.roster.entries import (
    Layout,
    Problem,
    Roster,
    RosterRow,
    RosterUnreadable,
)
from app.organizations.roster.lines import Line, workplace_lines
from app.organizations.roster.repetitions import EarlierRows
from app.organizations.roster.rows import read_row
from app.organizations.roster.sheets import Sheet, read_sheets

LINES_AT_MOST = 10_000
_COLUMNS_TOLD = 100
_CELL_TOLD = 1_000


def read_roster(content: bytes, filename: str) -> Roster:
    """The roster in an xlsx, xls, ods or csv file; nothing is guessed and nothing is stored.

    The name only serves the messages. Raises RosterUnreadable when there is no roster in it.
    """
    sheets = read_sheets(content, filename)
    tables = [(sheet, header) for sheet in sheets if (header := find_header(sheet.rows))]
    if not tables:
        raise RosterUnreadable(
            f"「{filename}」に、名簿の見出しの行が見つかりません。"
            "「業種」「団体名」「名札枚数」などの列がある表にしてください。"
        )
    sheet, header = max(tables, key=lambda table: table[1].rank)
    _refuse_incomplete(header, filename)
    roster = _read_table(sheet, header)
    if not (roster.rows or roster.problems):
        raise RosterUnreadable(f"「{filename}」の見出しの下に、団体が1つも書かれていません。")
    roster.problems.extend(_unread(tables, sheet))
    return roster


def _refuse_incomplete(header: Header, filename: str) -> None:
    if header.missing:
        columns = "".join(f"「{heading}」" for heading in header.missing)
        raise RosterUnreadable(
            f"「{filename}」の{header.line}行目の見出しに、{columns}の列がありません。"
        )


def _read_table(sheet: Sheet, header: Header) -> Roster:
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    cells: dict[int, list[str]] = {}
    layout = _layout(sheet, header)
    earlier = EarlierRows(header.headings)
    for line in _counted(workplace_lines(sheet, header)):
        read = read_row(line, header.headings)
        if isinstance(read, RosterRow):
            repeated = earlier.problem_with(read)
            if repeated is None:
                rows.append(read)
                continue
            read = [repeated]
        problems.extend(read)
        cells[line.number] = _as_written(line, layout)
    return Roster(rows, problems, layout, cells)


def _counted(lines: Iterable[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if number == LINES_AT_MOST:
            raise RosterUnreadable(f"名簿は{LINES_AT_MOST}行までです。いくつかに分けてください。")
        yield line


def _layout(sheet: Sheet, header: Header) -> Layout:
    columns = tuple(told_columns(header, sheet.rows[header.line - 1][:_COLUMNS_TOLD]))
    return Layout(sheet.name, header.line, columns)


def _as_written(line: Line, layout: Layout) -> list[str]:
    return [plain(line.cells.get(column.field, ""))[:_CELL_TOLD] for column in layout.read]


def _unread(tables: list[tuple[Sheet, Header]], taken: Sheet) -> list[Problem]:
    """A second roster in the file is last year's, or half of this one: the clerk has to know."""
    text = "「{}」シートにも名簿の表があります。読んだのは「{}」シートだけです"
    return [
        Problem(header.line, "", text.format(sheet.name, taken.name))
        for sheet, header in tables
        if sheet is not taken and not header.missing
    ]
