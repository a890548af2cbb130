from datetime import date

import pytest

from app.organizations.roster import RosterUnreadable, read_roster
from tests.organizations.roster import compound_files
from tests.organizations.roster.files import HEADINGS, LINE, Lines, line, ods, xlsx

LINES = [HEADINGS, LINE, line(workplace="北青波店", contact="𠮷野 﨑", day="2026/4/1")]


def test_xlsx_xls_and_ods_say_the_same() -> None:
    expected = read_roster(xlsx({"名簿": LINES}), "名簿.xlsx")
    assert [row.contact for row in expected.rows] == ["店長", "𠮷野 﨑"]
    assert read_roster(compound_files.xls(LINES), "名簿.xls") == expected
    assert read_roster(ods(LINES), "名簿.ods") == expected


def test_the_content_decides_and_not_the_name() -> None:
    assert read_roster(compound_files.xls(LINES), "名簿.xlsx").rows[0].organization == "マルミ"


def test_date_cells_are_dates_whatever_their_format() -> None:
    lines = [HEADINGS, line(day=date(2026, 4, 1))]
    for content in (xlsx({"名簿": lines}), ods(lines)):
        assert read_roster(content, "名簿").rows[0].commissioned_on == date(2026, 4, 1)


def test_sheets_that_are_no_roster_and_hidden_ones_are_ignored() -> None:
    sheets: dict[str, Lines] = {
        "表紙": [["名簿"]],
        "旧": LINES,
        "名簿": LINES,
        "凡例": [["区分は要綱第3条による"]],
    }
    read = read_roster(xlsx(sheets, hidden=["旧"]), "名簿.xlsx")
    assert (len(read.rows), read.problems) == (2, [])


def test_a_second_roster_in_the_file_is_not_passed_over_in_silence() -> None:
    read = read_roster(xlsx({"構成員": LINES, "協力団体": [[], *LINES]}), "名簿.xlsx")
    assert len(read.rows) == 2
    assert [str(problem) for problem in read.problems] == [
        "2行目:「協力団体」シートにも名簿の表があります。読んだのは「構成員」シートだけです"
    ]


def test_the_sheet_with_more_columns_is_the_roster() -> None:
    short = [HEADINGS[:3], LINE[:3]]
    read = read_roster(xlsx({"要約": short, "名簿": LINES}), "名簿.xlsx")
    assert read.rows[0].workplace == "青波駅前店"


def test_something_typed_in_the_last_row_of_the_sheet_is_refused_in_words() -> None:
    content = xlsx(
        {"名簿": [HEADINGS, LINE], "メモ": [["上"]]}, merged=[(1_048_574, 1_048_575, 0, 1)]
    )
    with pytest.raises(RosterUnreadable, match="「名簿」シートの表が大きすぎます"):
        read_roster(content, "名簿.xlsx")


@pytest.mark.parametrize("locked", [compound_files.locked_xlsx(), compound_files.locked_xls()])
def test_a_password_is_named_with_the_way_to_take_it_off(locked: bytes) -> None:
    with pytest.raises(RosterUnreadable, match=r"「名簿\.xlsx」にはパスワードがかかっています"):
        read_roster(locked, "名簿.xlsx")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空のファイルです"),
        (b"PK\x03\x04 and no more", "開けません"),
        (compound_files.compound_file("WordDocument", b"x"), "開けません"),
        (xlsx({"名簿": LINES})[:3000], "開けません"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "形式ではありません"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0", "形式ではありません"),
        (xlsx({"名簿": []}), "見出しの行が見つかりません"),
        (xlsx({"名簿": [HEADINGS]}), "団体が1つも書かれていません"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(RosterUnreadable, match=f"「名簿」.*{sentence}"):
        read_roster(content, "名簿")
