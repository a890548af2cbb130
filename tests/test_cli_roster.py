"""`nafuda roster import`: the same as in the browser, for whoever has a shell."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from sqlmodel import Session, select

from app import demo
from app.badges.models import Badge
from app.badges.rules import end_of_validity
from app.clock import TOKYO, system_clock
from app.office.roster.rules import LARGEST_FILE
from app.organizations.models import Organization, Workplace
from tests.test_cli import Run, count, run

__all__ = ["run"]
ROSTER = Path(demo.__file__).parent / "roster.xlsx"


def import_roster(run: Run, *more: str, network: str = "kitayama") -> Result:
    return run("roster", "import", ROSTER, "--network", network, *more)


def test_a_dry_run_says_what_would_come_and_changes_nothing(run: Run, session: Session) -> None:
    before = [count(session, table) for table in (Organization, Workplace, Badge)]
    done = import_roster(run)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "31行" in done.output
    assert "名札181 を取り込めます(--apply で取り込みます)" in done.output
    assert [count(session, table) for table in (Organization, Workplace, Badge)] == before


def test_applying_takes_it_over_once(run: Run, session: Session) -> None:
    before = count(session, Badge)
    assert "取り込みました" in import_roster(run, "--apply").output
    assert count(session, Badge) == before + 181
    again = json.loads(import_roster(run, "--apply", "--json").output)
    assert again == {"rows": 31, "organizations": 0, "workplaces": 0, "badges": 0, "problems": []}


def test_a_program_reads_the_result_as_one_line(run: Run) -> None:
    done = import_roster(run, "--json")
    result = json.loads(done.output)
    assert set(result) == {"rows", "organizations", "workplaces", "badges", "problems"}
    assert (result["rows"], result["badges"], result["problems"]) == (31, 181, [])


def test_lines_with_problems_are_named(run: Run, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "区分,団体名,業種,名札\n構成員,マルミ,海賊,3\n構成員,ミナト,コンビニ,2\n", "utf-8"
    )
    result = json.loads(run("roster", "import", roster, "--network", "kitayama", "--json").output)
    assert result["rows"] == 1
    assert [(one["row"], one["column"]) for one in result["problems"]] == [(2, "業種")]
    assert set(result["problems"][0]) == {"row", "column", "text"}
    said = run("roster", "import", roster, "--network", "kitayama").output
    assert "2行目 業種: " in said


@pytest.mark.parametrize("name", ["nothing.xlsx", "letter.docx", "empty.csv"])
def test_what_is_no_roster_is_said_in_a_sentence(run: Run, tmp_path: Path, name: str) -> None:
    if name != "nothing.xlsx":
        (tmp_path / name).write_bytes(b"" if name == "empty.csv" else b"PK\x03\x04nonsense")
    refused = run("roster", "import", tmp_path / name, "--network", "kitayama")
    assert refused.exit_code == 1
    assert refused.stderr.strip()
    assert "Traceback" not in refused.output


def test_an_unknown_network_or_date_is_said(run: Run) -> None:
    assert "ありません" in import_roster(run, network="nowhere").stderr
    assert import_roster(run, "--valid-until", "令和9年").exit_code == 2


def test_the_date_given_stands_on_the_badges(run: Run, session: Session) -> None:
    import_roster(run, "--apply", "--valid-until", "2028-03-31")
    dates = session.exec(select(Badge.valid_until).where(Badge.number == "B-0001")).all()
    assert "2028-03-31" in {str(one) for one in dates}


def test_without_a_date_badges_last_until_the_end_of_this_fiscal_year(
    run: Run, session: Session
) -> None:
    import_roster(run, "--apply")
    dates = session.exec(select(Badge.valid_until).where(Badge.number == "B-0001")).all()
    assert end_of_validity(system_clock().astimezone(TOKYO).date()) in dates


@pytest.mark.parametrize("day", ["2020-03-31", "2099-03-31"])
def test_a_date_that_no_badge_could_have_is_refused(run: Run, session: Session, day: str) -> None:
    before = count(session, Badge)
    refused = import_roster(run, "--apply", "--valid-until", day)
    assert (refused.exit_code, "あすから10年後まで" in refused.stderr) == (1, True)
    assert count(session, Badge) == before


def test_a_file_larger_than_any_roster_is_not_even_read(run: Run, tmp_path: Path) -> None:
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    refused = run("roster", "import", huge, "--network", "kitayama")
    assert (refused.exit_code, "8MBまで" in refused.stderr) == (1, True)
