from app.organizations.roster import read_roster
from tests.organizations.roster.files import line, roster


def test_a_workplace_listed_twice_is_reported_and_gets_its_badges_once() -> None:
    again = line(organization="ﾏﾙﾐ", workplace="青波 駅前店", badges=9)
    read = read_roster(roster(line(), again), "名簿.xlsx")
    assert [row.badges for row in read.rows] == [6]
    assert [str(problem) for problem in read.problems] == [
        "3行目:「マルミ 青波 駅前店」は2行目にもあります。"
        "名札を二重に作らないよう、この行は除きました"
    ]
    assert read.problems[0].column == "事業所・店舗名"


def test_one_workplace_may_have_two_industries_and_one_organization_too() -> None:
    market = line(industry="スーパー")
    elsewhere = line(industry="スーパー", workplace="山手店")
    rows = read_roster(roster(line(), market, elsewhere), "名簿.xlsx").rows
    assert [row.industry for row in rows] == ["conveni", "retail", "retail"]


def test_one_organization_cannot_have_two_standings() -> None:
    member = line(standing="構成員", workplace="北青波店")
    read = read_roster(roster(line(), member), "名簿.xlsx")
    assert len(read.rows) == 1
    assert [str(problem) for problem in read.problems] == [
        "3行目:区分「構成員」が、2行目の「マルミ」の「協力団体」と違います"
    ]


def test_a_blank_standing_goes_with_any_other_line_of_the_organization() -> None:
    blank, north = line(standing=""), line(workplace="北青波店")
    south = line(standing="構成員", workplace="南青波店")
    read = read_roster(roster(blank, north, south), "名簿.xlsx")
    assert [row.standing for row in read.rows] == [None, "partner"]
    assert [problem.line for problem in read.problems] == [4]


def test_volunteers_are_told_apart_by_their_names() -> None:
    person = {
        "standing": "協力員",
        "industry": "その他",
        "organization": "(個人)",
        "workplace": "—",
    }
    first, second = line(**person, contact="甲"), line(**person, contact="乙")
    read = read_roster(roster(first, second, first), "名簿.xlsx")
    assert [row.contact for row in read.rows] == ["甲", "乙"]
    assert [problem.line for problem in read.problems] == [4]
