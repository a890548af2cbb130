"""One table as two CSV files: UTF-8 with a mark for Excel, and CP932 for older programs."""

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from app.holdings.cells import code_point, in_cp932
from app.web.spreadsheets import for_csv

LACKING = "CP932にない字"


class LackingLetters:
    """The list of what CP932 couldn't hold: sheet, row, column, character, Unicode value."""

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["表", "行", "列", "字", "Unicode", "CP932のファイルでの書き方"])

    def note(self, sheet: str, row: int, column: str, letter: str) -> None:
        self.count += 1
        point = code_point(letter)
        self._writer.writerow([sheet, row, column, for_csv(letter), point, f"{{{point}}}"])

    def close(self) -> None:
        self._file.close()


class CsvPair:
    """Written row by row; `row` in the list of lacking letters is the line of the file."""

    def __init__(
        self, folder: Path, sheet: str, headings: Sequence[str], lacking: LackingLetters
    ) -> None:
        self.sheet, self.headings, self.lacking, self._line = sheet, headings, lacking, 1
        self.utf8, self.cp932 = folder / "utf8.csv", folder / "cp932.csv"
        with ExitStack() as stack:
            whole = stack.enter_context(self.utf8.open("w", encoding="utf-8-sig", newline=""))
            small = stack.enter_context(self.cp932.open("w", encoding="cp932", newline=""))
            self._whole, self._small = csv.writer(whole), csv.writer(small)
            self._open = stack.pop_all()
        self._whole.writerow(headings)
        self._small.writerow([*(in_cp932(heading)[0] for heading in headings), LACKING])

    def write(self, cells: Sequence[Any]) -> None:
        self._line += 1
        texts = [for_csv(one) if isinstance(one, str) else one for one in cells]
        self._whole.writerow(texts)
        self._small.writerow(self._in_cp932(texts))

    def _in_cp932(self, cells: Sequence[Any]) -> list[Any]:
        written, missing = [], []
        for heading, cell in zip(self.headings, cells, strict=True):
            text, letters = in_cp932(cell) if isinstance(cell, str) else (cell, [])
            written.append(text)
            for letter in letters:
                self.lacking.note(self.sheet, self._line, heading, letter)
                missing.append(f"{heading}:{code_point(letter)}")
        return [*written, " ".join(missing)]

    def __enter__(self) -> "CsvPair":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()
