"""The chain: whoever changes, removes, adds or reorders an entry afterwards is found out."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from app.audit.commands import first_broken, record
from app.audit.models import AuditEntry
from tests.cast import Cast
from tests.towns import AFTERNOON, Town


@pytest.fixture
def chain(cast: Cast, work: Callable[[], int]) -> list[AuditEntry]:
    """What one report, from scan to result, leaves behind."""
    phone, desk = cast.phone(), cast.staff("counsellor")
    report_id = phone.report()
    instruction_id = desk.instruct(report_id)
    cast.clock.advance(seconds=10)
    work()
    phone.client.post(f"/instructions/{instruction_id}/acknowledgement")
    desk.post(f"/desk/reports/{report_id}/closure", template="R17", outcome="informed")
    with cast.app.state.database.reading() as session:
        mine = select(AuditEntry).where(AuditEntry.network_id == cast.town.here.network.id)
        return list(session.exec(mine.order_by(col(AuditEntry.number))))


def broken(app: FastAPI, town: Town) -> int | None:
    with app.state.database.reading() as session:
        return first_broken(session, town.here.network.id)


def change(app: FastAPI, town: Town, which: int, /, **values: Any) -> None:
    with app.state.database.writing() as session:
        session.execute(
            update(AuditEntry)
            .where(col(AuditEntry.network_id) == town.here.network.id)
            .where(col(AuditEntry.number) == which)
            .values(**values)
        )


def test_a_whole_loop_leaves_a_chain_that_holds(
    app: FastAPI, town: Town, chain: list[AuditEntry]
) -> None:
    assert [entry.action for entry in chain] == [
        "staff.sign_in", "badge.pair", "report.create", "report.claim", "instruction.write",
        "instruction.acknowledged", "instruction.write", "outcome.write",
    ]  # fmt: skip
    assert broken(app, town) is None


@pytest.mark.parametrize(
    "forged",
    [{"actor": "staff:nobody"}, {"action": "report.read"}, {"object_id": "another"},
     {"at": AFTERNOON.replace(microsecond=1)}, {"details": {"no": "K-9999"}},
     {"previous": "0" * 64}, {"digest": "f" * 64}],
)  # fmt: skip
def test_a_changed_entry_is_found(
    app: FastAPI, town: Town, chain: list[AuditEntry], forged: dict[str, Any]
) -> None:
    change(app, town, 3, **forged)
    assert broken(app, town) == 3


@pytest.mark.parametrize("number", [1, 3, 8])
def test_a_removed_entry_is_found_also_the_last(
    app: FastAPI, town: Town, chain: list[AuditEntry], number: int
) -> None:
    with app.state.database.writing() as session:
        mine = col(AuditEntry.network_id) == town.here.network.id
        session.execute(delete(AuditEntry).where(mine, col(AuditEntry.number) == number))
    found = broken(app, town)
    assert found is not None
    assert found in (number, number + 1)


def test_two_entries_that_changed_places_are_found(
    app: FastAPI, town: Town, chain: list[AuditEntry]
) -> None:
    change(app, town, 4, number=99)
    change(app, town, 5, number=4)
    change(app, town, 99, number=5)
    assert broken(app, town) == 4


def test_networks_have_chains_of_their_own(
    app: FastAPI, town: Town, cast: Cast, chain: list[AuditEntry]
) -> None:
    cast.stranger_phone().report()
    change(app, town, 2, actor="forged")
    with app.state.database.reading() as session:
        assert first_broken(session, town.neighbour.id) is None


def test_an_entry_is_written_with_its_transaction_or_not_at_all(
    app: FastAPI, town: Town, session: Session
) -> None:
    network_id = town.here.network.id
    with suppress(RuntimeError), app.state.database.writing() as failing:
        record(failing, network_id, actor="x", action="y", object_id=1, now=AFTERNOON)
        raise RuntimeError
    assert session.exec(select(AuditEntry)).all() == []
    assert broken(app, town) is None


def test_entries_hold_codes_and_no_words(chain: list[AuditEntry], session: Session) -> None:
    for entry in chain:
        assert json.dumps(entry.details).isascii()
        known = {"version", "language", "no", "urgency", "how", "template", "outcome"}
        assert set(entry.details) <= known
