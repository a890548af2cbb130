"""`nafuda` in a terminal: says in Japanese what it did, and what to put right."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import Result
from sqlalchemy import update
from sqlmodel import Session, col, func, select
from typer.testing import CliRunner

from app import demo
from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.rules import end_of_validity
from app.cli import app as program
from app.clock import TOKYO, system_clock
from app.networks.models import Epoch, Network
from app.organizations.models import Organization, Workplace
from app.settings import Settings
from app.staff.models import Staff
from tests.cast import Cast, Desk

ROSTER = Path(demo.__file__).parent / "roster.xlsx"
Run = Callable[..., Result]
WEST = {
    "municipality": "西町",
    "center-name": "西町センター",
    "center-tel": "0000-00-3188",
    "office-name": "西町役場",
    "office-tel": "0000-00-3000",
    "police-tel": "0000-00-3110",
}
NISHI = ["network", "create", "nishi", *(f"--{name}={value}" for name, value in WEST.items())]
PASSWORD = "a long password of the west"


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run `nafuda` with these words, on the test's own database."""
    place = {
        "NAFUDA_DATA_DIR": str(settings.data_dir),
        "NAFUDA_DATABASE_URL": settings.database_url,
    }

    def run_now(*words: Any) -> Result:
        done = CliRunner().invoke(program, [str(word) for word in words], env=place)
        # The program logs to the terminal that was replaced for it.
        structlog.reset_defaults()
        return done

    return run_now


def count(session: Session, table: Any) -> int:
    session.rollback()
    return session.exec(select(func.count()).select_from(table)).one()


def test_without_a_command_it_lists_what_there_is(run: Run) -> None:
    shown = run().output
    for command in ("demo", "serve", "worker", "migrate", "backup", "check", "network", "roster"):
        assert command in shown


def test_a_network_is_founded_with_what_badges_need(run: Run, session: Session) -> None:
    done = run(*NISHI)
    assert (done.exit_code, done.output.strip()) == (0, "西町 を作りました")
    network = session.exec(select(Network).where(Network.slug == "nishi")).one()
    assert (network.center_tel, network.office_name) == ("0000-00-3188", "西町役場")
    assert network.pairing_policy == "workplace_code"


def test_a_network_is_founded_once(run: Run, session: Session) -> None:
    run(*NISHI)
    again = run(*NISHI)
    assert again.exit_code == 1
    assert "「nishi」というネットワークは、もうあります" in again.stderr
    assert count(session, Network) == 3


@pytest.mark.parametrize("slug", ["西町", "Nishi", "a b"])
def test_a_short_name_that_no_file_could_have_is_refused(
    run: Run, session: Session, slug: str
) -> None:
    refused = run("network", "create", slug, *NISHI[3:])
    assert refused.exit_code == 1
    assert "略号は、半角の英小文字・数字・- で" in refused.stderr
    assert count(session, Network) == 2


def test_a_policy_nobody_knows_is_refused(run: Run, session: Session) -> None:
    assert run(*NISHI, "--pairing", "opne").exit_code == 2
    assert count(session, Network) == 2


def create(
    run: Run, sign_in: str = "nishida", password: str = PASSWORD, network: str = "aonami"
) -> Result:
    words = (f"--network={network}", "--name=西田", f"--password={password}")
    return run("staff", "create", sign_in, "counsellor", *words)


def test_somebody_who_was_created_can_sign_in(run: Run, cast: Cast) -> None:
    assert create(run).output.strip() == "西田 を作りました"
    assert "西田" in Desk(cast.app, "nishida", PASSWORD).get("/desk").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "too short"}, "15文字以上"),
        ({"network": "nowhere"}, "「nowhere」というネットワークはありません"),
        ({"sign_in": "sato"}, "「sato」というサインイン名は、もう使われています"),
    ],
)
def test_somebody_who_can_not_be_created_is_explained(
    run: Run, session: Session, change: dict[str, str], said: str
) -> None:
    refused = create(run, **change)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.output
    assert session.exec(select(Staff).where(Staff.name == "西田")).all() == []


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


def ends_of(session: Session) -> set[date]:
    session.rollback()
    next_door = select(Network.id).where(Network.slug == "kitayama")
    imported = select(Badge.valid_until).where(col(Badge.network_id).in_(next_door))
    return set(session.exec(imported.where(Badge.number == "B-0001")))


def test_the_date_given_stands_on_the_badges(run: Run, session: Session) -> None:
    day = system_clock().date() + timedelta(days=300)
    import_roster(run, "--apply", "--valid-until", str(day))
    assert ends_of(session) == {day}


def test_without_a_date_badges_last_as_on_the_screen(run: Run, session: Session) -> None:
    import_roster(run, "--apply")
    assert ends_of(session) == {end_of_validity(system_clock().astimezone(TOKYO).date())}


@pytest.mark.parametrize("day", ["2020-03-31", "2999-03-31"])
def test_a_date_that_no_badge_can_have_is_said(run: Run, session: Session, day: str) -> None:
    refused = import_roster(run, "--apply", "--valid-until", day)
    assert refused.exit_code == 1
    assert f"有効期限 {day} は使えません" in refused.stderr
    assert ends_of(session) == set()


def test_check_says_which_chain_is_broken_and_where(run: Run, cast: Cast) -> None:
    cast.phone().report()
    whole = run("check")
    assert whole.exit_code == 0
    assert "青波市: 監査の記録は正しくつながっています" in whole.output
    with cast.app.state.database.writing() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(actor="x"))  # type: ignore[arg-type]
    broken = run("check")
    assert broken.exit_code == 1
    assert "青波市: 記録 2 番から、つながっていません" in broken.stderr


def test_a_backup_says_where_it_is_or_why_not(run: Run, tmp_path: Path) -> None:
    done = run("backup", tmp_path / "copies")
    assert done.exit_code == 0
    assert Path(done.output.split(": ")[1].strip()).exists()
    (tmp_path / "file").write_text("")
    refused = run("backup", tmp_path / "file")
    assert refused.exit_code == 1
    assert "写しを作れませんでした" in refused.stderr


def test_an_address_for_the_demo_needs_its_network(run: Run) -> None:
    refused = run("demo", "--address", "192.168.0.5")
    assert refused.exit_code == 1
    assert "--lan" in refused.stderr
    assert "192.168.0" in run("demo", "--lan", "--address", "pc.local").output


def test_migrating_again_changes_nothing_and_keeps_the_epoch(run: Run, session: Session) -> None:
    before = session.exec(select(Epoch.id)).all()
    assert run("migrate").exit_code == 0
    session.rollback()
    assert session.exec(select(Epoch.id)).all() == before


def test_somebody_who_lost_all_keys_is_invited_from_the_shell(run: Run, cast: Cast) -> None:
    printed = run("staff", "invite", "hayashi").output.strip()
    path = printed.removeprefix("http://localhost:8000")
    own = {"new_password": PASSWORD, "again": PASSWORD}
    assert cast.staff("counsellor").client.post(path, data=own).status_code == 303
    assert Desk(cast.app, "hayashi", PASSWORD).get("/office").status_code == 200


def test_an_invitation_for_nobody_is_refused(run: Run) -> None:
    refused = run("staff", "invite", "nobody")
    assert refused.exit_code == 1
    assert "「nobody」という人はいません" in refused.stderr
