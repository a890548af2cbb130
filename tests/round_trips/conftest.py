"""Each kind of file goes through LibreOffice once, for all that is asked about it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.round_trips import papers, rosters
from tests.round_trips.libreoffice import (
    CP932,
    ODS,
    PDF,
    UTF8,
    XLS,
    XLSX,
    LibreOffice,
    csv_in,
    opened_as,
)

Trip = Callable[[str], Path]
PLAIN = ("髙﨑 さくら", "渡邊 邉")
"""Names that CP932 holds."""


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As they come from the product, or from a clerk."""
    start = tmp_path_factory.mktemp("start")
    for name in ("books", "rosters", "plain", "pair", "words"):
        (start / name).mkdir()
    papers.write_data(start / "books/data.xlsx")
    papers.write_audit(start / "books/audit.xlsx")
    papers.write_problems(start / "books/problems.xlsx", start / "pair/problems.csv")
    papers.write_separated(start / "pair/list.csv")
    papers.write_pair(start / "pair")
    papers.write_words(start / "words")
    (start / "pair/unguarded.csv").write_text("番号,値\n1,=1+1\n", encoding="utf-8-sig")
    (start / "rosters/roster.xlsx").write_bytes(rosters.clerks_roster())
    (start / "plain/plain.xlsx").write_bytes(rosters.clerks_roster(*PLAIN))
    return start


@pytest.fixture(scope="session")
def trip(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Trip:
    """The folder with what became of them on the way that is named."""
    office = LibreOffice(tmp_path_factory.mktemp("home"))
    many = len(papers.HEADINGS) + 1

    @cache
    def gone(way: str) -> Path:
        into = tmp_path_factory.mktemp(way)
        books = [*(start / "books").iterdir(), start / "rosters/roster.xlsx"]
        told = sorted({*(start / "pair").glob("*.csv")} - {start / "pair/cp932.csv"})
        match way:
            case "xlsx":
                office.convert(books, XLSX, into)
            case "ods":
                office.convert(books, ODS, into)
            case "xls":
                office.convert(books, XLS, into)
            case "csv":
                office.convert(sorted(gone("ods").iterdir()), csv_in(UTF8), into)
            case "csv-cp932":
                office.convert([start / "plain/plain.xlsx"], csv_in(CP932), into)
            case "careless":
                office.convert(told, XLSX, into, opened_as(UTF8))
            case "careful":
                office.convert(told, XLSX, into, opened_as(UTF8, text_columns=many))
            case "careful-cp932":
                reading = opened_as(CP932, text_columns=many)
                office.convert([start / "pair/cp932.csv"], XLSX, into, reading)
            case "pdf":
                office.convert(sorted((start / "words").iterdir()), PDF, into)
        return into

    return gone
