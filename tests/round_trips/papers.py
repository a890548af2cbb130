"""What the product writes for a spreadsheet or a word processor, with texts that tempt them."""

from datetime import UTC, datetime
from pathlib import Path

from app.audit.models import AuditEntry
from app.holdings.csv_files import CsvPair, LackingLetters
from app.holdings.workbook import DataWorkbook
from app.ids import new_id
from app.networks.models import Network
from app.office.records.export import as_workbook, rows_of
from app.office.roster.sheet import csv_of, workbook_of
from app.organizations.roster import read_roster
from app.printing.word import render_word
from app.running.founding.papers import PAPERS, written
from app.web.spreadsheets import as_csv
from tests.organizations.roster.files import HEADINGS as HEADER
from tests.organizations.roster.files import comma_separated, line

TEMPTING = [
    "=1+1",
    '=HYPERLINK("http://aonami.example","開く")',
    "=cmd|' /C calc'!A0",
    "+81-0000-00-1188",
    "-1",
    "@SUM(A1)",
    "'引用",
    "0012",
    "00000011880",
    "0000-00-1188",
    "1-2",
    "3/4",
    "2026-04-01",
    "令和8年4月1日",
    "1E5",
    "TRUE",
    "１２",
    "髙﨑 𠮷野家",
    "渡邉\U000e0102 邊\U000e0100",
    'カンマ,と"引用符"',
    "上の行\n下の行",
    "  前後  ",
]
HEADINGS = ["番号", "値"]
SECOND_SHEET = "=2+2"
NOW = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)
ADDRESSES = ["=2+5", "+81-1", "-5", "@A1"]
"""Of workplaces whose lines can't be taken over."""


def write_data(path: Path) -> None:
    book = DataWorkbook(path)
    book.begin("全部", HEADINGS)
    for number, text in enumerate(TEMPTING, 1):
        book.write([number, text])
    book.begin("次の表", ["値"])
    book.write([SECOND_SHEET])
    book.close()


def write_audit(path: Path) -> None:
    entries = [
        AuditEntry(
            network_id=new_id(), number=number, at=NOW, actor=text, action="=1+1",
            object_id=text, details={"n": text}, digest="", previous="",
        )
        for number, text in enumerate(TEMPTING, 1)
    ]  # fmt: skip
    path.write_bytes(as_workbook(rows_of(entries, {})))


def write_problems(book: Path, separated: Path) -> None:
    """Lines of a roster that have to be put right, with what was in them."""
    lines = [line(workplace=text, day="いつか", contact=text) for text in ADDRESSES]
    read = read_roster(comma_separated([HEADER, *lines]), "名簿.csv")
    assert len(read.problems) == len(ADDRESSES)
    book.write_bytes(workbook_of(read))
    separated.write_bytes(csv_of(read))


def write_separated(path: Path) -> None:
    path.write_bytes(as_csv(HEADINGS, list(enumerate(TEMPTING, 1))))


def write_pair(folder: Path) -> None:
    """utf8.csv and cp932.csv."""
    lacking = LackingLetters(folder / "lacking.csv")
    with CsvPair(folder, "全部", HEADINGS, lacking) as pair:
        for number, text in enumerate(TEMPTING, 1):
            pair.write([number, text])
    lacking.close()


def write_words(folder: Path) -> None:
    network = Network(
        slug="aonami", municipality="青波市", name="青波市消費者見守りネットワーク",
        center_name="青波市消費生活センター", center_tel="0000-00-1188",
        office_name="青波市市民生活課", office_tel="0000-00-1100", hours={}, created_at=NOW,
    )  # fmt: skip
    for paper in PAPERS.values():
        made = render_word(written(paper, network, NOW), NOW)
        (folder / f"{paper.code}.docx").write_bytes(made)
