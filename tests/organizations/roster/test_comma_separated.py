import csv
from io import StringIO

import pytest

from app.organizations.roster import RosterUnreadable, read_roster
from tests.organizations.roster.files import HEADINGS, LINE, Lines, line

LINES = [HEADINGS, LINE, line(workplace="北青波店", contact="髙﨑 ﾖｼ子", telephone="「代」\n0885")]


def _text(lines: Lines, delimiter: str = ",") -> str:
    file = StringIO()
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(lines)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp932"])
def test_csv_reads_in_every_encoding_excel_writes(encoding: str) -> None:
    read = read_roster(_text(LINES).encode(encoding), "名簿.csv")
    assert [row.contact for row in read.rows] == ["店長", "髙﨑 ヨシ子"]
    assert [row.line for row in read.rows] == [2, 3]
    assert read.problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_tabs_separate_as_in_cells_pasted_from_excel(encoding: str) -> None:
    lines = [HEADINGS, line(contact="𠮷野")]
    (row,) = read_roster(_text(lines, "\t").encode(encoding), "名簿.txt").rows
    assert (row.contact, row.badges) == ("𠮷野", 6)


def test_a_letter_that_cp932_lost_is_reported() -> None:
    content = _text([HEADINGS, line(contact="𠮷野")]).encode("cp932", errors="replace")
    (problem,) = read_roster(content, "名簿.csv").problems
    assert str(problem) == "2行目:担当者「?野」に、外字か文字化けした字があります"


def test_short_lines_read_as_empty_cells() -> None:
    (row,) = read_roster(_text([HEADINGS, ["協力団体", "新聞", "青波新聞"]]).encode(), "a.csv").rows
    assert (row.organization, row.workplace, row.badges) == ("青波新聞", "", 0)


def test_a_quotation_that_never_ends_is_refused_in_words() -> None:
    with pytest.raises(RosterUnreadable, match="列の区切りが読み取れません"):
        read_roster(b'"' + b"a" * 200_000, "名簿.csv")
