"""A copy that is proven readable; only then may phones forget what it holds."""

import subprocess
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import Session, func, select

from app.db import Database
from app.networks.models import Network
from app.operations.backup import BackupFailed, back_up, dump_postgres
from app.reports.models import Report
from tests.cast import Cast
from tests.conftest import Cluster
from tests.scan.plain_form import PlainForm
from tests.towns import AFTERNOON, Town

NOTE = "知らない番号を読み上げていました"


def backed_up(app: FastAPI, folder: Path) -> Path:
    return back_up(app.state.database, folder, AFTERNOON)


def opened(copy: Path, app: FastAPI, request: pytest.FixtureRequest) -> Database:
    """The copy as a database of its own."""
    if app.state.database.is_sqlite:
        return Database(f"sqlite:///{copy}")
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"restored_{make_url(app.state.settings.database).database}"
    cluster.execute(f"CREATE DATABASE {name}")
    request.addfinalizer(lambda: cluster.execute(f"DROP DATABASE {name} WITH (FORCE)"))
    plain = make_url(cluster.url(name)).set(drivername="postgresql").render_as_string(False)
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={plain}", str(copy)], check=True)
    return Database(cluster.url(name))


def test_the_copy_holds_every_report(
    app: FastAPI, cast: Cast, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    report_ids = {cast.phone().report() for _ in range(3)}
    copy = backed_up(app, tmp_path / "new" / "folder")
    assert copy.name.startswith("nafuda-20260924-050500.")
    database = opened(copy, app, request)
    with database.reading() as session:
        assert set(session.exec(select(Report.id)).all()) == report_ids
        assert session.exec(select(func.count()).select_from(Network)).one() == 2
    database.close()


def test_phones_may_forget_what_the_copy_covers_and_no_more(
    app: FastAPI, cast: Cast, tmp_path: Path, session: Session, town: Town
) -> None:
    phone = cast.phone()
    phone.report()
    phone.report()
    cast.stranger_phone().report()
    backed_up(app, tmp_path)
    answer = phone.put(phone.envelope())
    assert (answer.json()["seq"], answer.headers["nafuda-backed-up-through"]) == (3, "2")
    through = dict(session.exec(select(Network.id, Network.backed_up_through)).all())
    assert through == {town.here.network.id: 2, town.neighbour.id: 1}


def test_nobody_else_on_the_machine_reads_the_copy_and_no_note_stands_in_it(
    app: FastAPI, cast: Cast, tmp_path: Path
) -> None:
    PlainForm(cast.phone()).send(note=NOTE)
    copy = backed_up(app, tmp_path)
    assert copy.stat().st_mode & 0o077 == 0
    assert NOTE.encode() not in copy.read_bytes()
    master = (app.state.settings.data_dir / "keys" / "master.key").read_bytes()
    assert master not in copy.read_bytes()


def test_the_server_goes_on_while_a_copy_is_made(app: FastAPI, cast: Cast, tmp_path: Path) -> None:
    for minute in range(3):
        cast.phone().report()
        back_up(app.state.database, tmp_path, AFTERNOON.replace(minute=minute))
    assert len(list(tmp_path.iterdir())) >= 3


def nothing_covered(session: Session) -> bool:
    session.rollback()
    return set(session.exec(select(Network.backed_up_through)).all()) == {0}


def test_a_place_that_can_not_be_written_is_said_and_covers_nothing(
    app: FastAPI, cast: Cast, tmp_path: Path, session: Session
) -> None:
    cast.phone().report()
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupFailed):
        backed_up(app, tmp_path / "file")
    assert nothing_covered(session)


def test_a_copy_that_does_not_hold_together_is_thrown_away(
    app: FastAPI, cast: Cast, tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.phone().report()
    spoil(app, monkeypatch)
    with pytest.raises(BackupFailed):
        backed_up(app, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []
    assert nothing_covered(session)


def spoil(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that lost its pages in SQLite; no pg_dump for PostgreSQL."""
    monkeypatch.setenv("PATH", "/nowhere")
    if app.state.database.is_sqlite:
        connection: Any = sqlite.connect(make_url(app.state.settings.database).database)
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'ix_badge_code'")
        connection.commit()
        connection.close()


def test_a_password_is_never_among_the_arguments_that_everybody_sees(tmp_path: Path) -> None:
    database = Database("postgresql+psycopg://nobody:top-secret@127.0.0.1:1/none")
    with pytest.raises(subprocess.CalledProcessError) as failed:
        dump_postgres(database, tmp_path / "copy.dump")
    assert "nobody@127.0.0.1" in str(failed.value)
    assert "top-secret" not in str(failed.value)
    database.close()


def test_the_audit_chain_still_holds_in_the_copy(
    app: FastAPI, cast: Cast, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cast.phone().report()
    database = opened(backed_up(app, tmp_path), app, request)
    with database.reading() as session:
        rows = session.connection().execute(text("SELECT count(*) FROM audit_entry")).scalar_one()
    database.close()
    assert rows == 2
