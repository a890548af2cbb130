"""契約終了: asked for on the screen, done on the server; all of it goes, and nothing else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
import structlog
from click.testing import Result
from fastapi import FastAPI
from sqlalchemy import select
from sqlmodel import Session
from typer.testing import CliRunner

from app.audit.commands import first_broken
from app.cli import app as program
from app.holdings.models import ClosingRequest
from app.ids import new_id
from app.links.models import NetworkLink
from app.networks.models import Network
from app.settings import Settings
from app.tables import metadata
from tests.cast import Cast, Desk
from tests.links.around import link_towns
from tests.towns import Town

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    place = {
        "NAFUDA_DATA_DIR": str(settings.data_dir),
        "NAFUDA_DATABASE_URL": settings.database_url,
    }

    def run_now(*words: Any) -> Result:
        done = CliRunner().invoke(program, [str(word) for word in words], env=place)
        structlog.reset_defaults()
        return done

    return run_now


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def ask(clerk: Desk, municipality: str = "青波市", reason: str = "契約が終わるため") -> Any:
    return clerk.post("/office/data/closing", municipality=municipality, reason=reason)


def rows_by_network(app: FastAPI) -> dict[object, int]:
    """How many rows each network has, over all tables."""
    counts: dict[object, int] = {}
    with app.state.database.reading() as session:
        for table in metadata.sorted_tables:
            if "network_id" in table.columns:
                for (owner,) in session.execute(select(table.columns.network_id)):
                    counts[owner] = counts.get(owner, 0) + 1
    return counts


def words_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


def test_nothing_is_erased_that_nobody_asked_for(run: Run, app: FastAPI, tmp_path: Path) -> None:
    before = rows_by_network(app)
    done = run("network", "close", "aonami", "--confirm", "--to", tmp_path / "..")
    assert done.exit_code == 1
    assert "申し込んでいません。何も変えていません" in done.stderr
    assert rows_by_network(app) == before
    assert not list(tmp_path.glob("*.zip"))


def test_without_confirm_it_only_says_what_it_would_do(
    run: Run, app: FastAPI, clerk: Desk, tmp_path: Path
) -> None:
    ask(clerk)
    before = rows_by_network(app)
    done = run("network", "close", "aonami", "--to", tmp_path)
    assert (done.exit_code, rows_by_network(app)) == (1, before)
    assert "何も変えていません" in done.stderr


def test_everything_of_it_goes_and_the_town_next_door_stays(
    run: Run, app: FastAPI, cast: Cast, clerk: Desk, town: Town, tmp_path: Path, session: Session
) -> None:
    report_id = cast.phone().report()
    cast.stranger_phone().report()
    cast.staff("counsellor").instruct(report_id)
    assert ask(clerk).status_code == 303
    before = rows_by_network(app)
    done = run("network", "close", "aonami", "--confirm", "--to", tmp_path)
    assert done.exit_code == 0, done.output
    after = rows_by_network(app)
    assert set(after) == {town.neighbour.id}
    assert after[town.neighbour.id] == before[town.neighbour.id]
    session.rollback()
    assert [one.slug for one in session.scalars(select(Network))] == ["kitayama"]
    assert cast.stranger("clerk").get("/office").status_code == 200
    (archive,) = tmp_path.glob("aonami-*.zip")
    assert "✓した項目" in ZipFile(archive).read("CSV(UTF-8)/報告.csv").decode()
    (paper,) = tmp_path.glob("消去証明書-*.pdf")
    words = words_of(paper)
    for said in ("データ消去証明書", "青波市御中", "契約が終わるため", "林", "封の鍵", "署名"):
        assert said in words
    assert f"{sum(before.values()) - after[town.neighbour.id] + 1:,}行" in words


def test_a_link_to_it_ends_where_the_other_network_sees_it(
    run: Run, cast: Cast, clerk: Desk, tmp_path: Path, session: Session
) -> None:
    link_towns(cast)
    ask(clerk)
    done = run("network", "close", "aonami", "--confirm", "--to", tmp_path)
    assert done.exit_code == 0, done.output
    session.rollback()
    (half,) = session.scalars(select(NetworkLink)).all()
    assert (half.network_id, half.peer_name) == (cast.town.neighbour.id, "青波市")
    assert half.ended_at is not None
    neighbour = cast.stranger("clerk")
    assert "終わった連携" in neighbour.get("/office/settings").text
    assert "青波市" in neighbour.get("/office/audit").text
    assert neighbour.post(f"/office/settings/links/{half.id}/end").status_code == 303
    assert first_broken(session, cast.town.neighbour.id) is None


def test_no_byte_of_it_stays_in_the_file(
    run: Run, app: FastAPI, clerk: Desk, settings: Settings, tmp_path: Path
) -> None:
    if settings.database_url:
        pytest.skip("PostgreSQL keeps its files to itself")
    ask(clerk)
    app.state.database.close()
    assert run("network", "close", "aonami", "--confirm", "--to", tmp_path).exit_code == 0
    held = b"".join(one.read_bytes() for one in settings.data_dir.glob("nafuda.db*"))
    assert "北山商店".encode() in held
    assert "マルミ".encode() not in held


def test_an_export_from_the_shell_holds_the_contents_too(
    run: Run, cast: Cast, tmp_path: Path
) -> None:
    cast.phone().report()
    done = run("network", "export", "aonami", "--to", tmp_path)
    assert done.exit_code == 0, done.output
    (archive,) = tmp_path.glob("aonami-*.zip")
    text = ZipFile(archive).read("CSV(UTF-8)/報告.csv").decode()
    assert "CV-01" in text
    assert run("network", "export", "nowhere", "--to", tmp_path).exit_code == 1
    assert "書けませんでした" in run("network", "export", "aonami", "--to", tmp_path / "no").stderr


@pytest.mark.parametrize(
    ("municipality", "reason", "said"),
    [
        ("北山町", "わけ", "自治体の名前が違います。「青波市」と入れてください。"),
        ("青波市", " ", "終わりにするわけを書いてください。"),
    ],
)
def test_a_slip_of_the_pen_asks_for_nothing(
    clerk: Desk, municipality: str, reason: str, said: str
) -> None:
    answer = ask(clerk, municipality, reason)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{municipality}"' in answer.text
    assert "終わりにする申し込みをする" in clerk.get("/office/data").text


def test_who_changes_their_mind_takes_it_back(run: Run, clerk: Desk, tmp_path: Path) -> None:
    ask(clerk)
    ask(clerk)
    assert "nafuda network close" in clerk.get("/office/data").text
    assert clerk.post("/office/data/closing/withdrawal").status_code == 303
    assert "終わりにする申し込みをする" in clerk.get("/office/data").text
    assert run("network", "close", "aonami", "--confirm", "--to", tmp_path).exit_code == 1


def test_withdrawing_leaves_no_request_of_a_second_clerk(
    run: Run, app: FastAPI, clerk: Desk, tmp_path: Path
) -> None:
    """On PostgreSQL two clerks may ask at the same moment."""
    ask(clerk)
    with app.state.database.writing() as writing:
        (first,) = writing.execute(select(ClosingRequest)).scalars()
        twin = {**first.model_dump(), "id": new_id()}
        writing.add(ClosingRequest(**twin))
    assert clerk.post("/office/data/closing/withdrawal").status_code == 303
    done = run("network", "close", "aonami", "--confirm", "--to", tmp_path)
    assert done.exit_code == 1
    assert "申し込んでいません。何も変えていません" in done.stderr
