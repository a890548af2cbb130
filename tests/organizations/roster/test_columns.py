from datetime import date

import pytest

from app.organizations.roster import RosterUnreadable, read_roster
from tests.organizations.roster.files import HEADINGS, LINE, Lines, xlsx

AFRESH = ["種別", "業態", "組織名", "支店", "TEL", "担当", "委嘱\n年月日", "枚 数"]
BRACKETED = [
    "区分※",
    "業種",
    "名称",
    "事業所(店舗)名",
    "TEL.",
    "担当者(氏名)",
    "登録日",
    "名札(枚)",
]


@pytest.mark.parametrize("headings", [HEADINGS, AFRESH, BRACKETED])
def test_columns_are_known_by_any_usual_name(headings: list[object]) -> None:
    (row,) = read_roster(xlsx({"名簿": [headings, LINE]}), "名簿.xlsx").rows
    assert (row.standing, row.industry, row.organization) == ("partner", "conveni", "マルミ")
    assert (row.workplace, row.telephone, row.contact) == ("青波駅前店", "0885-00-2001", "店長")
    assert (row.commissioned_on, row.badges) == (date(2026, 4, 1), 6)


def test_titles_dates_and_empty_lines_may_stand_above_the_header() -> None:
    lines: Lines = [["名簿(団体名・業種別)"], [], ["", "令和8年4月1日現在"], HEADINGS, LINE]
    (row,) = read_roster(xlsx({"名簿": lines}), "名簿.xlsx").rows
    assert row.line == 5


def test_the_order_of_columns_and_columns_of_no_interest_do_not_matter() -> None:
    lines = [["No.", *reversed(HEADINGS), "世帯数"], [1, *reversed(LINE), 40]]
    (row,) = read_roster(xlsx({"名簿": lines}), "名簿.xlsx").rows
    assert (row.organization, row.workplace, row.badges) == ("マルミ", "青波駅前店", 6)


def test_a_header_of_two_lines_is_read_with_its_merged_cells() -> None:
    upper = [*HEADINGS[:4], "連絡先", "", "委嘱日", "名札枚数"]
    lower = ["", "", "", "", "電話番号", "担当者", "", ""]
    merged = [(0, 1, column, upper[column]) for column in (0, 1, 2, 3, 6, 7)]
    content = xlsx({"名簿": [upper, lower, LINE]}, merged=merged)
    (row,) = read_roster(content, "名簿.xlsx").rows
    assert (row.line, row.telephone, row.contact) == (3, "0885-00-2001", "店長")


def test_the_first_of_two_columns_of_one_name_counts() -> None:
    lines = [[*HEADINGS, "電話番号"], [*LINE, "0885-99-9999"]]
    (row,) = read_roster(xlsx({"名簿": lines}), "名簿.xlsx").rows
    assert row.telephone == "0885-00-2001"


def test_a_header_without_a_needed_column_names_it() -> None:
    with pytest.raises(RosterUnreadable, match="1行目の見出しに、「業種」の列がありません"):
        read_roster(xlsx({"名簿": [HEADINGS[2:], LINE[2:]]}), "名簿.xlsx")


def test_a_roster_without_a_column_for_the_standing_says_nothing_of_it() -> None:
    (row,) = read_roster(xlsx({"名簿": [HEADINGS[1:], LINE[1:]]}), "名簿.xlsx").rows
    assert (row.standing, row.industry) == (None, "conveni")


def test_a_file_without_a_header_says_which_columns_it_needs() -> None:
    with pytest.raises(
        RosterUnreadable, match="見出しの行が見つかりません。「業種」「団体名」「名札枚数」"
    ):
        read_roster(xlsx({"名簿": [LINE, LINE]}), "名簿.xlsx")
