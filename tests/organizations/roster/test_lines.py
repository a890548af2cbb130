from app.organizations.roster import read_roster
from tests.organizations.roster.files import HEADINGS, Lines, line, roster, xlsx


def test_an_empty_organization_is_the_one_above() -> None:
    north = line(organization="", workplace="北青波店")
    bare = line(standing="", industry="", organization="", workplace="南青波店")
    first, second, third = read_roster(roster(line(), north, bare), "名簿.xlsx").rows
    assert first.organization == second.organization == third.organization == "マルミ"
    assert (third.standing, third.industry) == ("partner", "conveni")


def test_an_empty_organization_is_no_guess_where_standing_or_industry_changes() -> None:
    bank = line(standing="構成員", industry="銀行", organization="", workplace="本店")
    read = read_roster(roster(line(), bank), "名簿.xlsx")
    assert [row.line for row in read.rows] == [2]
    assert [str(problem) for problem in read.problems] == ["3行目:団体名がありません"]


def test_an_empty_organization_below_a_subtotal_is_a_problem() -> None:
    subtotal = ["小計", "", "", "", "", "", "", 6]
    read = read_roster(roster(line(), subtotal, line(organization="", workplace="東店")), "a.xlsx")
    assert [str(problem) for problem in read.problems] == ["4行目:団体名がありません"]


def test_a_new_organization_does_not_inherit_its_standing() -> None:
    read = read_roster(roster(line(), line(standing="", organization="ゆたかマート")), "名簿.xlsx")
    assert [row.standing for row in read.rows] == ["partner", None]
    assert read.problems == []


def test_merged_cells_hold_for_every_line_they_cover() -> None:
    below = line(standing="", industry="", organization="", workplace="北青波店")
    merged = [(1, 2, 0, "構成員"), (1, 2, 1, "郵便局"), (1, 2, 2, "日本郵便株式会社")]
    rows = read_roster(roster(line(), below, merged=merged), "名簿.xlsx").rows
    assert [row.organization for row in rows] == ["日本郵便株式会社"] * 2
    assert [(row.standing, row.industry) for row in rows] == [("member", "post")] * 2


def test_a_merged_standing_reaches_the_next_organization_too() -> None:
    below = line(standing="", organization="ゆたかマート")
    rows = read_roster(roster(line(), below, merged=[(1, 2, 0, "協力団体")]), "名簿.xlsx").rows
    assert [row.standing for row in rows] == ["partner", "partner"]


def test_one_count_merged_over_two_workplaces_is_a_problem_and_not_given_twice() -> None:
    below = line(workplace="北青波店", badges="")
    read = read_roster(roster(line(), below, merged=[(1, 2, 7, 10)]), "名簿.xlsx")
    assert [row.badges for row in read.rows] == [10]
    assert "名札枚数「上の行と結合」は、枚数として読めません" in str(read.problems[0])


def test_ditto_marks_repeat_the_cell_above() -> None:
    below = line(organization="〃", workplace="北青波店", contact="同上", day=" 〃 ", badges="〃")
    first, second = read_roster(roster(line(), below), "名簿.xlsx").rows
    assert (second.organization, second.contact) == (first.organization, first.contact)
    assert (second.commissioned_on, second.badges) == (first.commissioned_on, first.badges)


def test_totals_notes_numbered_empty_lines_and_repeated_headers_are_skipped_in_silence() -> None:
    skipped: list[list[object]] = [
        ["合 計", "", "", "", "", "", "", 6],
        ["", "", "合計 1団体", "", "", "", "", 6],
        ["協力団体計", "", "協力団体 小計", "", "", "", "", 6],
        ["", "", "", "", "", "", "計", 6],
        ["※名札の番号は市が採番する。"],
        ["注)", "委嘱日は予定を含む"],
        ["以上"],
        [],
        [" ", "", "", "", "", "", "", ""],
        list(HEADINGS),
    ]
    read = read_roster(roster(line(), *skipped, line(workplace="北青波店")), "名簿.xlsx")
    assert [row.line for row in read.rows] == [2, 13]
    assert read.problems == []


def test_a_line_with_only_a_number_is_an_empty_line() -> None:
    lines: Lines = [["No.", *HEADINGS], [1, *line()], [2], [3]]
    read = read_roster(xlsx({"名簿": lines}), "名簿.xlsx")
    assert (len(read.rows), read.problems) == (1, [])


def test_a_mark_before_a_whole_line_does_not_make_it_a_note() -> None:
    lines: Lines = [["No.", *HEADINGS], ["※1", *line()]]
    assert len(read_roster(xlsx({"名簿": lines}), "名簿.xlsx").rows) == 1


def test_a_person_called_計_is_not_a_total() -> None:
    (row,) = read_roster(roster(line(contact="計")), "名簿.xlsx").rows
    assert row.contact == "計"


def test_a_heading_between_the_lines_is_reported_and_not_read_as_an_organization() -> None:
    read = read_roster(roster(["【協力団体】"], line()), "名簿.xlsx")
    assert [row.line for row in read.rows] == [3]
    assert {problem.line for problem in read.problems} == {2}


def test_a_count_without_an_organization_is_reported() -> None:
    read = read_roster(roster(line(), ["", "", "", "", "", "", "", 4]), "名簿.xlsx")
    assert "3行目:団体名がありません" in [str(problem) for problem in read.problems]
