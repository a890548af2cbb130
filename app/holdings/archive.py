"""全データ: everything a network holds, as one zip that Excel and other programs can read."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Date, Table
from sqlmodel import Session

from app.db import UTCDateTime
from app.holdings.cells import cell_of, in_era
from app.holdings.column_names import heading_of
from app.holdings.csv_files import CsvPair, LackingLetters
from app.holdings.headings import SHEETS
from app.holdings.read_me import read_me
from app.holdings.rows import Reading, columns_of, count_of, rows_of, tables
from app.holdings.workbook import DataWorkbook

Progress = Callable[[int, int], None]
ERA = "(和暦)"
ENOUGH = 1000
WORKBOOK, LACKING, READ_ME = "全データ.xlsx", "CP932にない字の一覧.csv", "読んでください.txt"


@dataclass(frozen=True)
class Archive:
    """What was written: rows by sheet, and how many characters CP932 lacks."""

    counts: dict[str, int]
    letters: int

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


def write_archive(
    session: Session,
    network_id: UUID,
    reading: Reading,
    target: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Archive:
    """Write the zip to `target`. Memory stays the same however many rows there are; `progress`
    hears of rows written and of all rows, every thousand."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.stem}-") as folder:
        return _Writing(session, network_id, reading, Path(folder), progress).write(target, now)


class _Writing:
    def __init__(
        self,
        session: Session,
        network_id: UUID,
        reading: Reading,
        folder: Path,
        progress: Progress | None,
    ) -> None:
        self.session, self.network_id, self.reading = session, network_id, reading
        self.folder, self.progress = folder, progress
        self.rows = self.total = 0

    def write(self, target: Path, now: datetime) -> Archive:
        sizes = {
            table: count_of(self.session, table, self.network_id) for table in tables(self.reading)
        }
        self.total = sum(sizes.values())
        lacking = LackingLetters(self.folder / "lacking.csv")
        book = DataWorkbook(self.folder / "book.xlsx")
        counts = {}
        with ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True) as zipped:
            for table in sizes:
                name = SHEETS.get(table.name, table.name)
                counts[name] = self._sheet(zipped, table, name, book, lacking)
            book.close()
            lacking.close()
            zipped.write(self.folder / "book.xlsx", WORKBOOK)
            zipped.write(self.folder / "lacking.csv", LACKING)
            text = read_me(self.reading, counts, sorted(book.cut), lacking.count, now)
            zipped.writestr(READ_ME, f"\ufeff{text}".replace("\n", "\r\n"))
        return Archive(counts, lacking.count)

    def _sheet(
        self,
        zipped: ZipFile,
        table: Table,
        name: str,
        book: DataWorkbook,
        lacking: LackingLetters,
    ) -> int:
        columns = columns_of(table, self.reading)
        headings = list(_headings(table, columns))
        dated = [_is_dated(table, column) for column in columns]
        before = self.rows
        book.begin(name, headings)
        with CsvPair(self.folder, name, headings, lacking) as pair:
            for row in rows_of(self.session, table, self.network_id, columns):
                cells = _cells(row, dated)
                book.write(cells)
                pair.write(cells)
                self.rows += 1
                if self.progress and self.rows % ENOUGH == 0:
                    self.progress(self.rows, self.total)
        zipped.write(pair.utf8, f"CSV(UTF-8)/{name}.csv")
        zipped.write(pair.cp932, f"CSV(CP932)/{name}.csv")
        return self.rows - before


def _is_dated(table: Table, column: str) -> bool:
    return isinstance(table.columns[column].type, UTCDateTime | Date)


def _headings(table: Table, columns: Sequence[str]) -> Iterator[str]:
    """A day and an instant stand twice: for machines, and as people write them."""
    for column in columns:
        heading = heading_of(column)
        yield heading
        if _is_dated(table, column):
            yield f"{heading}{ERA}"


def _cells(row: Sequence[Any], dated: Sequence[bool]) -> list[int | str]:
    cells: list[int | str] = []
    for value, is_dated in zip(row, dated, strict=True):
        cells.append(cell_of(value))
        if is_dated:
            cells.append(in_era(value))
    return cells
