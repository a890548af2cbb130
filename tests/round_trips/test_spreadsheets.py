"""Our workbooks and CSV files after a real LibreOffice: what was text is text, and nothing runs."""

import csv
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from app.holdings.cells import in_cp932
from app.web.spreadsheets import for_csv
from tests.round_trips.conftest import Trip
from tests.round_trips.papers import ADDRESSES, SECOND_SHEET, TEMPTING

pytestmark = pytest.mark.xdist_group("libreoffice")
BOOKS = ("xlsx", "ods", "xls")
each_book = pytest.mark.parametrize("way", BOOKS)


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def only_sheet(path: Path) -> list[list[Any]]:
    (rows,) = sheets(path).values()
    return rows


def formulas(path: Path) -> bool:
    """Whether any cell of an xlsx or ods calculates, or any leads elsewhere."""
    with ZipFile(path) as zipped:
        parts = [zipped.read(name) for name in zipped.namelist() if name.endswith(".xml")]
    return any(mark in part for part in parts for mark in (b"<f>", b"<f ", b"table:formula="))


def lines_of(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8").splitlines(keepends=True)))


@each_book
def test_every_text_of_all_data_is_kept_as_it_was(trip: Trip, way: str) -> None:
    read = sheets(trip(way) / f"data.{way}")
    assert [row[1] for row in read["全部"][1:]] == TEMPTING
    assert [row[0] for row in read["全部"][1:]] == [float(n) for n in range(1, len(TEMPTING) + 1)]
    assert read["次の表"] == [["値"], [SECOND_SHEET]]


@each_book
def test_every_text_of_the_records_is_kept_as_it_was(trip: Trip, way: str) -> None:
    rows = only_sheet(trip(way) / f"audit.{way}")[1:]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(TEMPTING) + 1)]
    assert {row[1] for row in rows} == {"2026-09-24 10:30:00"}
    assert [row[2] for row in rows] == [row[5] for row in rows] == TEMPTING


@each_book
def test_lines_to_put_right_come_back_as_they_were(trip: Trip, way: str) -> None:
    header, *rows = only_sheet(trip(way) / f"problems.{way}")
    place, telephone = header.index("事業所・店舗名"), header.index("電話番号")
    assert [row[place] for row in rows] == ADDRESSES
    assert {row[telephone] for row in rows} == {"0885-00-2001"}


@pytest.mark.parametrize("way", ["xlsx", "ods"])
@pytest.mark.parametrize("book", ["data", "audit", "problems"])
def test_no_cell_calculates(trip: Trip, way: str, book: str) -> None:
    assert not formulas(trip(way) / f"{book}.{way}")


def test_from_workbook_to_ods_to_csv_nothing_is_lost(trip: Trip) -> None:
    rows = lines_of(trip("csv") / "data-全部.csv")
    assert [row[1] for row in rows[1:]] == TEMPTING
    assert lines_of(trip("csv") / "data-次の表.csv") == [["値"], [SECOND_SHEET]]


def test_a_csv_without_care_would_calculate(trip: Trip) -> None:
    assert formulas(trip("careless") / "unguarded.xlsx")


@pytest.mark.parametrize("name", ["list", "utf8", "problems"])
def test_our_csv_calculates_nothing_even_when_asked_to(trip: Trip, name: str) -> None:
    assert not formulas(trip("careless") / f"{name}.xlsx")


@pytest.mark.parametrize("name", ["list", "utf8"])
def test_our_csv_read_as_text_holds_what_was_written(trip: Trip, name: str) -> None:
    rows = only_sheet(trip("careful") / f"{name}.xlsx")
    assert rows[0] == ["番号", "値"]
    assert [row[1] for row in rows[1:]] == [for_csv(text) for text in TEMPTING]


def test_cp932_read_as_text_holds_what_it_can(trip: Trip) -> None:
    rows = only_sheet(trip("careful-cp932") / "cp932.xlsx")
    assert [row[1] for row in rows[1:]] == [in_cp932(for_csv(text))[0] for text in TEMPTING]
    assert "髙﨑 {U+20BB7}野家" in {row[1] for row in rows}
