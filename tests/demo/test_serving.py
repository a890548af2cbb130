"""`nafuda demo` starts fresh every time, and never over data that isn't a demo's."""

import json
from pathlib import Path

import pytest
from sqlmodel import select

from app.db import Database
from app.demo.serving import announce_town
from app.networks.models import Network
from app.settings import Settings

BASE = "http://localhost:8123"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "demo", base_url=BASE)


def slugs(settings: Settings) -> list[str]:
    database = Database(settings.database)
    with database.reading() as session:
        found = list(session.exec(select(Network.slug)))
    database.close()
    return found


def test_one_line_tells_a_program_where_everything_is(settings: Settings) -> None:
    announced = json.loads(announce_town(settings, BASE, as_json=True))
    assert announced["base"] == BASE
    assert len(announced["badges"]) == 181
    assert all(one["url"].startswith(f"{BASE}/B/") for one in announced["badges"])
    assert {one["role"] for one in announced["staff"]} == {"counsellor", "supervisor", "clerk"}


def test_a_page_tells_a_person_what_to_open_and_as_whom(settings: Settings) -> None:
    shown = announce_town(settings, BASE, as_json=False)
    assert shown.count(f"{BASE}/B/") == 3
    for words in (f"{BASE}/sign-in", "sato / ", "hayashi / ", "Ctrl+C"):
        assert words in shown


def test_starting_again_makes_a_fresh_town(settings: Settings) -> None:
    first = json.loads(announce_town(settings, BASE, as_json=True))
    second = json.loads(announce_town(settings, BASE, as_json=True))
    assert slugs(settings) == ["aonami"]
    assert {b["url"] for b in first["badges"]}.isdisjoint({b["url"] for b in second["badges"]})


def test_a_real_network_in_the_same_place_is_never_deleted(settings: Settings) -> None:
    announce_town(settings, BASE, as_json=True)
    database = Database(settings.database)
    with database.writing() as session:
        session.exec(select(Network)).one().slug = "minato"
    database.close()
    with pytest.raises(SystemExit, match="本物のデータ"):
        announce_town(settings, BASE, as_json=True)
    assert slugs(settings) == ["minato"]


def test_a_file_that_was_never_filled_is_no_real_data(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "nafuda.db").touch()
    announce_town(settings, BASE, as_json=True)
    assert slugs(settings) == ["aonami"]
