"""What was given lies nowhere on the disk but sealed: neither database, its log, nor keys."""

import base64
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlmodel import Session

from app.db import Database
from app.disclosures.models import Disclosure
from app.settings import Settings
from tests.cast import Cast
from tests.disclosures.asking import GIVEN, ask, give, of_report, open_with


def spellings(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield text.encode("utf-16-le")
    yield quote(text).encode()
    yield text.encode("unicode_escape")
    for shift in range(3):
        # Whatever stands before it, base64 of its middle is one of three.
        yield base64.b64encode(b" " * shift + text.encode())[4:-4]


def found(folder: Path) -> set[str]:
    files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    assert len(files) >= 2
    return {
        text
        for text in GIVEN.values()
        if any(spelled in one for spelled in spellings(text) for one in files)
    }


@pytest.fixture
def given(cast: Cast, session: Session) -> Disclosure:
    bank, desk = cast.phone("finance"), cast.staff("counsellor")
    report_id = bank.report()
    ask(desk, report_id)
    cast.clock.advance(seconds=11)
    asked = of_report(session, cast.town.here.network.id, report_id)
    assert give(bank, asked, name="あ" * 300).status_code == 422
    assert give(bank, asked).status_code == 303
    assert GIVEN["name"] in open_with(desk, asked).text
    return asked


@pytest.mark.parametrize("copied", ["sqlite"], indirect=True)
def test_nothing_of_it_lies_on_the_disk(
    cast: Cast, given: Disclosure, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    assert found(settings.data_dir) == set()
    written = "".join(capfd.readouterr())
    assert not [text for text in GIVEN.values() if text in written]
    with cast.app.state.database.writing() as session:
        session.get_one(Disclosure, (given.network_id, given.id)).sealed = dict(GIVEN)
    assert found(settings.data_dir) == set(GIVEN.values())


@pytest.mark.parametrize("copied", ["sqlite"], indirect=True)
def test_what_was_erased_leaves_the_file_even_sealed(
    cast: Cast, given: Disclosure, settings: Settings, session: Session
) -> None:
    """Freed room is written over at once, and the log as soon as nobody reads it."""
    kept = of_report(session, given.network_id, given.report_id).sealed
    session.rollback()
    assert kept
    sealed = kept["ct"].encode()
    cast.staff("clerk").post("/office/settings/disclosures", **{"item-name": "yes"})
    engine = cast.app.state.database.engine
    with closing(engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = [one.read_bytes() for one in settings.data_dir.glob("nafuda.db*")]
    assert sum(map(len, files)) > 100_000
    assert not any(sealed[-400:] in one for one in files)


def test_room_that_was_freed_is_written_over(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'kept.db'}")
    with database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("CREATE TABLE kept (said TEXT)")
        for _ in range(50):
            connection.exec_driver_sql("INSERT INTO kept VALUES (?)", (GIVEN["name"] * 40,))
    with database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM kept")
    with closing(database.engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    assert GIVEN["name"].encode() not in (tmp_path / "kept.db").read_bytes()
