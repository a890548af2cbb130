"""`nafuda` in a terminal: says in Japanese what it did, and what to put right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import Result
from sqlalchemy import update
from sqlmodel import Session, func, select
from typer.testing import CliRunner

from app.audit.models import AuditEntry
from app.cli import app as program
from app.networks.models import Epoch, Network
from app.settings import Settings
from app.staff.models import Staff
from tests.cast import Cast, Desk

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
