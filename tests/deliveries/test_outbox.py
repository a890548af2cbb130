"""The outbox: written with the transaction that asks for it, leased by one, done at least once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.deliveries.models import OutboxItem
from app.deliveries.outbox import LEASE, Settlement, enqueue, lease_due, settle
from tests.towns import AFTERNOON as NOW
from tests.towns import Town

SECOND = timedelta(seconds=1)
KINDS = ("a", "b", "c", "first", "second", "now", "not yet")


class Box:
    """The outbox of one network, one transaction per call, as workers use it."""

    def __init__(self, app: FastAPI, town: Town) -> None:
        self.database, self.network_id = app.state.database, town.here.network.id

    def put(self, kind: str, due_in: timedelta = timedelta()) -> None:
        with self.database.writing() as session:
            enqueue(session, self.network_id, kind, {}, NOW + due_in)

    def lease(self, after: timedelta = timedelta(), limit: int = 100) -> list[OutboxItem]:
        with self.database.writing() as session:
            return lease_due(session, NOW + after, KINDS, limit)

    def kinds(self, after: timedelta = timedelta(), limit: int = 100) -> list[str]:
        return [item.kind for item in self.lease(after, limit)]


@pytest.fixture
def box(app: FastAPI, town: Town) -> Box:
    return Box(app, town)


def test_what_is_due_is_leased_in_the_order_it_is_due(box: Box) -> None:
    box.put("second", timedelta(seconds=-1))
    box.put("first", timedelta(seconds=-2))
    box.put("now")
    box.put("not yet", SECOND)
    assert box.kinds() == ["first", "second", "now"]


def test_nobody_else_gets_what_is_leased(box: Box) -> None:
    box.put("a")
    assert box.kinds() == ["a"]
    assert box.kinds() == box.kinds(LEASE - SECOND) == []


def test_the_lease_of_a_worker_that_died_runs_out(box: Box) -> None:
    box.put("a")
    box.lease()
    (again,) = box.lease(LEASE)
    assert (again.kind, again.attempts) == ("a", 2)


def test_no_more_are_leased_than_asked_for(box: Box) -> None:
    for kind in "abc":
        box.put(kind)
    assert len(box.kinds(limit=2)) == 2
    assert len(box.kinds(limit=2)) == 1


def test_what_is_done_stays_done(box: Box, session: Session) -> None:
    box.put("a")
    (item,) = box.lease()
    with box.database.writing() as writing:
        settle(writing, [Settlement(item, "shown")], NOW)
        settle(writing, [Settlement(item, "again")], NOW + SECOND)
        settle(writing, [Settlement(item, "failed", NOW)], NOW)
    row = session.exec(select(OutboxItem).where(OutboxItem.kind == "a")).one()
    assert (row.outcome, row.done_at, row.leased_until) == ("shown", NOW, None)
    assert box.kinds(timedelta(days=365)) == []


def test_another_try_comes_when_it_was_put_off_to(box: Box) -> None:
    box.put("a")
    (item,) = box.lease()
    with box.database.writing() as writing:
        settle(writing, [Settlement(item, "later", NOW + timedelta(minutes=5))], NOW)
    assert box.kinds(timedelta(minutes=4)) == []
    assert box.kinds(timedelta(minutes=5)) == ["a"]


def test_a_transaction_that_fails_leaves_nothing_to_do(box: Box) -> None:
    with suppress(RuntimeError), box.database.writing() as session:
        enqueue(session, box.network_id, "a", {}, NOW)
        raise RuntimeError
    assert box.kinds() == []
