"""The lines below a header that speak of a workplace, with "same as above" written out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from app.organizations.roster.cells import Cell, folded, is_blank, plain
from app.organizations.roster.columns import REQUIRED, Header
from app.organizations.roster.sheets import Sheet
from app.organizations.roster.values import UNDER_MERGED_CELL

_OF_ORGANIZATION = ("standing", "industry", "organization", "organization_kana")
_FREE_TEXT = ("contact", "address", "note")
_DITTO = frozenset({"〃", "″", "同上"})
_TOTAL = re.compile(r".{0,6}(?:合計|小計|総計|累計)(?:[\d(:].*)?|計(?:[\d(:].*)?")
_TOO_MANY_FOR_A_NOTE = 3
_NOTE = ("※", "*", "注)", "(注", "注:", "以上")


@dataclass(frozen=True)
class Line:
    """`number` counts from 1 as the spreadsheet shows it; `cells` by field."""

    number: int
    cells: dict[str, Cell]


def workplace_lines(sheet: Sheet, header: Header) -> Iterator[Line]:
    """Leaves out empty lines, totals, notes and repeated headers."""
    above: dict[str, Cell] = {}
    for row in range(header.line, len(sheet.rows)):
        cells = _cells(sheet, header, row, above)
        if _is_total(sheet.rows[row], header):
            above = {}
        elif not (_is_empty(cells) or _is_note(sheet.rows[row]) or _is_header(cells, header)):
            cells = _continued(cells, above)
            above = cells
            yield Line(row + 1, cells)


def _cells(sheet: Sheet, header: Header, row: int, above: dict[str, Cell]) -> dict[str, Cell]:
    written = sheet.rows[row]
    cells: dict[str, Cell] = {}
    for field, column in header.columns.items():
        cell = written[column] if column < len(written) else ""
        cells[field] = above.get(field, "") if _is_ditto(cell) else cell
    if cells.get("badges") and (row, header.columns["badges"]) in sheet.under_merged:
        cells["badges"] = UNDER_MERGED_CELL
    return cells


def _continued(cells: dict[str, Cell], above: dict[str, Cell]) -> dict[str, Cell]:
    """A further workplace of the organization above: nothing said of it, or the same again."""
    if not above or is_blank(plain(cells.get("workplace", ""))):
        return cells
    told = [field for field in _OF_ORGANIZATION if not is_blank(plain(cells.get(field, "")))]
    if not all(_is_same(cells[field], above[field]) for field in told):
        return cells
    return cells | {field: above[field] for field in _OF_ORGANIZATION if field in above}


def _is_same(one: Cell, other: Cell) -> bool:
    return one == other or folded(one) == folded(other)


def _is_ditto(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip() in _DITTO


def _is_empty(cells: dict[str, Cell]) -> bool:
    return not any(plain(cell) for cell in cells.values())


def _is_total(written: Sequence[Cell], header: Header) -> bool:
    free_text = {header.columns.get(field) for field in _FREE_TEXT}
    return any(
        isinstance(cell, str) and "計" in cell and _TOTAL.fullmatch(folded(cell))
        for column, cell in enumerate(written)
        if column not in free_text
    )


def _is_note(written: Sequence[Cell]) -> bool:
    texts = list(islice(filter(None, map(folded, written)), _TOO_MANY_FOR_A_NOTE))
    return len(texts) < _TOO_MANY_FOR_A_NOTE and texts[0].startswith(_NOTE)


def _is_header(cells: dict[str, Cell], header: Header) -> bool:
    return all(plain(cells[field]) == header.headings[field] for field in REQUIRED)
