"""A copy is put back whole or not at all, and phones make up for what came after it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url
from sqlmodel import Session, col, select

from app.audit.commands import first_broken
from app.networks.models import Epoch
from app.operations.backup import back_up
from app.operations.restore import RestoreFailed, restore, restore_postgres
from app.reports.models import Report
from tests.cast import Cast, Phone
from tests.reports.test_receipts import coded, offer
from tests.towns import AFTERNOON


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


@pytest.fixture
def copy(app: FastAPI, phone: Phone, tmp_path: Path) -> Path:
    """Made after one report."""
    phone.report()
    return back_up(app.state.database, tmp_path / "copies", AFTERNOON)


def put_back(app: FastAPI, copy: Path) -> Path | None:
    app.state.database.close()
    return restore(app.state.settings.database, copy, AFTERNOON)


def receipts(app: FastAPI) -> list[bytes]:
    with app.state.database.reading() as session:
        return list(session.exec(select(Report.receipt).order_by(col(Report.seq))))


def epochs(app: FastAPI) -> int:
    with app.state.database.reading() as session:
        return len(session.exec(select(Epoch)).all())


def test_what_came_after_the_copy_comes_back_from_the_phones_with_its_number(
    app: FastAPI, phone: Phone, copy: Path
) -> None:
    later = [json.dumps(phone.envelope()).encode() for _ in range(3)]
    answers = [phone.put(raw) for raw in later]
    held, before = [one.content for one in answers], answers[0].headers["nafuda-epoch"]
    whole = receipts(app)
    put_back(app, copy)
    assert receipts(app) == whole[:1]
    offered = [offer(phone, raw, receipt) for raw, receipt in zip(later, held, strict=True)]
    assert [one.status_code for one in offered] == [201] * 3
    assert [one.content for one in offered] == held
    assert receipts(app) == whole
    assert {one.headers["nafuda-epoch"] for one in offered}.isdisjoint({before})
    assert epochs(app) == 2


def test_a_batch_after_a_restore_brings_everything_once(
    app: FastAPI, phone: Phone, copy: Path
) -> None:
    raws = [json.dumps(phone.envelope()).encode() for _ in range(4)]
    held = [phone.put(raw).content for raw in raws]
    put_back(app, copy)
    body = {"envelopes": [coded(raw) for raw in raws], "receipts": [coded(one) for one in held]}
    for status in (201, 200):
        results = phone.client.post("/api/reports", json=body).json()["results"]
        assert [one["status"] for one in results] == [status] * 4
        assert [one["receipt"] for one in results] == [json.loads(one) for one in held]
    with app.state.database.reading() as session:
        assert first_broken(session, session.exec(select(Report.network_id)).first()) is None  # type: ignore[arg-type]


SPOILED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda copy: b"",
    "half": lambda copy: copy[: len(copy) // 2],
    "headless": lambda copy: copy[100:],
    "holes": lambda copy: copy[:8192] + bytes(len(copy) - 12288) + copy[-4096:],
    "text": lambda copy: b"not a copy",
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_copy_is_refused_and_changes_nothing(
    app: FastAPI, phone: Phone, copy: Path, how: str
) -> None:
    phone.report()
    copy.write_bytes(SPOILED[how](copy.read_bytes()))
    before = receipts(app)
    folder = sorted(one.name for one in app.state.settings.data_dir.iterdir())
    with pytest.raises(RestoreFailed):
        put_back(app, copy)
    assert (receipts(app), epochs(app)) == (before, 1)
    app.state.database.close()
    left = sorted(one.name for one in app.state.settings.data_dir.iterdir())
    assert [one for one in left if not one.endswith(("-wal", "-shm"))] == [
        one for one in folder if not one.endswith(("-wal", "-shm"))
    ]


def test_no_copy_and_a_foreign_database_are_refused(
    app: FastAPI, phone: Phone, tmp_path: Path
) -> None:
    phone.report()
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"")
    for copy in (tmp_path / "none", tmp_path, foreign):
        with pytest.raises(RestoreFailed):
            put_back(app, copy)
    assert len(receipts(app)) == 1


def test_what_was_there_is_kept_beside_it(
    app: FastAPI, phone: Phone, copy: Path, session: Session
) -> None:
    if not app.state.database.is_sqlite:
        return
    phone.report()
    kept = put_back(app, copy)
    assert kept
    assert len(receipts(app)) == 1
    app.state.database.close()
    kept.rename(make_url(app.state.settings.database).database or "")
    assert len(receipts(app)) == 2


def test_a_copy_goes_back_over_what_a_newer_version_added(
    app: FastAPI, phone: Phone, copy: Path
) -> None:
    with app.state.database.writing() as session:
        session.connection().execute(
            text(
                "CREATE TABLE newer (network_id UUID, report_id UUID,"
                " FOREIGN KEY (network_id, report_id) REFERENCES report (network_id, id))"
            )
        )
    phone.report()
    put_back(app, copy)
    assert len(receipts(app)) == 1
    with app.state.database.reading() as session:
        assert "newer" not in inspect(session.connection()).get_table_names()


def test_a_restored_password_is_never_among_the_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs in the place of PostgreSQL's write down what they were called with."""
    seen = tmp_path / "seen"
    for name in ("pg_restore", "psql"):
        program = tmp_path / name
        program.write_text(
            f'#!/bin/sh\necho "$@" | tr -d "\\n" > {seen}\necho "\n$PGPASSWORD" >> {seen}\n'
        )
        program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    restore_postgres("postgresql+psycopg://nobody:top-secret@127.0.0.1:1/none", tmp_path / "copy")
    arguments, secret = seen.read_text().splitlines()
    assert "nobody@127.0.0.1" in arguments
    assert "top-secret" not in arguments
    assert secret == "top-secret"


def test_a_phone_that_offers_nothing_loses_nothing_that_the_copy_holds(
    app: FastAPI, phone: Phone, copy: Path, cast: Cast
) -> None:
    put_back(app, copy)
    answer: Any = phone.put(phone.envelope())
    assert (answer.status_code, answer.json()["seq"]) == (201, 2001)
    assert "K-0001" in cast.staff("counsellor").get("/desk").text
