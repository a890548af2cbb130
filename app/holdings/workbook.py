"""All tables in one workbook, a sheet for each. Values only: no formula, no link, no macro."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.holdings.cells import for_workbook

MOST_ROWS = 1_048_575
EXACT = 2**53
"""Excel's numbers have no more digits than this."""
LONGEST_NAME = 31
PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class DataWorkbook:
    """Written row by row, sheet after sheet; earlier rows are on the disk already."""

    def __init__(self, path: Path) -> None:
        self._book = Workbook(str(path), PLAIN | {"tmpdir": str(path.parent)})
        self._heading = self._book.add_format({"bold": True, "bottom": 1, "bg_color": "#F1F1F1"})
        self._sheet: Worksheet | None = None
        self._row, self._further = 0, 0
        self._name, self._headings = "", [""]
        self.cut: set[str] = set()
        """Sheets with a cell that was longer than Excel takes."""

    def begin(self, name: str, headings: Sequence[str]) -> None:
        self._name, self._headings, self._further = name, list(headings), 1
        self._add(name)

    def write(self, cells: Sequence[Any]) -> None:
        """Numbers stay numbers; texts stay texts, whatever they begin with."""
        if self._row > MOST_ROWS:
            self._further += 1
            self._add(f"{self._name} {self._further}")
        assert self._sheet
        for column, cell in enumerate(cells):
            if isinstance(cell, int) and abs(cell) < EXACT:
                self._sheet.write_number(self._row, column, cell)
            elif cell != "":
                text, is_whole = for_workbook(str(cell))
                self._sheet.write_string(self._row, column, text)
                if not is_whole:
                    self.cut.add(self._name)
        self._row += 1

    def close(self) -> None:
        self._book.close()

    def _add(self, name: str) -> None:
        self._sheet = self._book.add_worksheet(name[:LONGEST_NAME])
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._headings), 18)
        for column, heading in enumerate(self._headings):
            self._sheet.write_string(0, column, heading, self._heading)
        self._row = 1
