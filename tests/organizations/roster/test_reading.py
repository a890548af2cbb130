from hypothesis import given, settings
from hypothesis import strategies as st

from app.organizations.roster import Roster, RosterUnreadable, read_roster
from tests.organizations.roster.files import HEADINGS, LINE, Lines, comma_separated, line, roster

TELLING = [
    *map(str, [*HEADINGS, *LINE]),
    "",
    "〃",
    "合計",
    "※",
    "(個人)",
    "R8.4.1",
    "4枚",
    "-1",
    "?",
]
CELLS = st.one_of(st.text(max_size=30), st.sampled_from(TELLING))
LINES = st.lists(st.lists(CELLS, max_size=9), max_size=8)


def test_every_problem_of_a_line_is_told_at_once_in_the_words_of_the_file() -> None:
    bad = line(industry="コンビに", organization="", day="4月1日", badges=-1)
    problems = read_roster(roster(bad), "名簿.xlsx").problems
    assert [(problem.line, problem.column) for problem in problems] == [
        (2, "業種"),
        (2, "団体名"),
        (2, "委嘱日"),
        (2, "名札枚数"),
    ]
    assert problems[0].text == "業種「コンビに」は一覧にありません(コンビニ ですか?)"
    assert str(problems[1]) == "2行目:団体名がありません"


def test_a_line_with_a_problem_is_no_row() -> None:
    read = read_roster(roster(line(day="いつか"), line(workplace="北青波店")), "名簿.xlsx")
    assert [row.line for row in read.rows] == [3]


def test_a_text_too_long_for_a_badge_or_a_form_is_a_problem() -> None:
    (problem,) = read_roster(roster(line(organization="あ" * 121)), "名簿.xlsx").problems
    assert problem.text == "団体名が長すぎます(120字まで)"


@given(LINES)
def test_any_cells_are_rows_and_problems_or_unreadable(lines: list[list[str]]) -> None:
    _assert_rows_or_problems(_read(lines))


@given(LINES)
@settings(max_examples=200)
def test_any_cells_below_a_header_are_rows_and_problems(lines: list[list[str]]) -> None:
    _assert_rows_or_problems(_read([HEADINGS, *lines]))


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=4))
@settings(max_examples=50, deadline=None)
def test_any_cells_of_a_workbook_are_rows_and_problems(lines: list[list[str]]) -> None:
    writable = [[cell.replace("=", "") for cell in cells] for cells in lines]
    _assert_rows_or_problems(_read_or_none(roster(*writable), "名簿.xlsx"))


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes_are_a_roster_or_unreadable(content: bytes, beginning: bytes) -> None:
    _assert_rows_or_problems(_read_or_none(beginning + content, "名簿"))


def _read(lines: Lines) -> Roster | None:
    return _read_or_none(comma_separated(lines), "名簿.csv")


def _read_or_none(content: bytes, filename: str) -> Roster | None:
    try:
        return read_roster(content, filename)
    except RosterUnreadable:
        return None


def _assert_rows_or_problems(roster: Roster | None) -> None:
    if roster:
        rows = {row.line for row in roster.rows}
        problems = {problem.line for problem in roster.problems}
        assert rows.isdisjoint(problems)
        assert all(row.organization and 0 <= row.badges <= 999 for row in roster.rows)
