"""Workers: each item once at a time, whoever takes it, and one that fails stops no other."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import Session, select

from app.db import Database
from app.deliveries.carriers import Lane, pause
from app.deliveries.dispatch import Dispatcher
from app.deliveries.models import OutboxItem
from app.deliveries.outbox import Handler, enqueue
from app.deliveries.pushing import Pusher
from app.networks.retention import RUN
from tests.towns import StandingClock, Town


def fails(session: Session, item: OutboxItem, now: datetime) -> str:
    raise RuntimeError("on purpose")


@pytest.fixture
def dispatcher(app: FastAPI, clock: StandingClock) -> Callable[..., Dispatcher]:
    """A worker with the given handlers, on the app's database unless told otherwise."""

    def make(handlers: Mapping[str, Handler], database: Database | None = None) -> Dispatcher:
        pusher = Pusher(app.state.settings, app.state.master_key)
        lanes = {"push": Lane(pusher, 10)}
        return Dispatcher(database or app.state.database, clock, handlers, lanes, seconds=0.01)

    return make


def put(app: FastAPI, town: Town, clock: StandingClock, *kinds: str) -> None:
    with app.state.database.writing() as session:
        for kind in kinds:
            enqueue(session, town.here.network.id, kind, {}, clock.now)


def outcomes(session: Session) -> dict[str, str]:
    """Of what the test put there; the town itself waits for its night."""
    session.rollback()
    here = select(OutboxItem).where(OutboxItem.kind != RUN)
    return {item.kind: item.outcome for item in session.exec(here)}


def test_an_item_is_done_in_one_transaction_with_its_record(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    def half_done(writing: Session, item: OutboxItem, now: datetime) -> str:
        enqueue(writing, item.network_id, "followed", {}, now)
        raise RuntimeError("after writing")

    put(app, town, clock, "half", "whole")
    asyncio.run(dispatcher({"half": half_done, "whole": lambda *_: "fine"}).work_once())
    assert outcomes(session) == {"half": "failed", "whole": "fine"}


def test_one_that_fails_stops_no_other(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    put(app, town, clock, "fails", "push", "fine")
    worker = dispatcher({"fails": fails, "fine": lambda *_: "done"})
    assert asyncio.run(worker.work_once()) == 3
    assert outcomes(session) == {"fails": "failed", "push": "failed", "fine": "done"}
    assert asyncio.run(worker.work_once()) == 0


def test_what_this_worker_does_not_know_is_left_to_others(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    put(app, town, clock, "newer", "fine")
    worker = dispatcher({"fine": lambda *_: "done"})
    assert asyncio.run(worker.work_once()) == 1
    assert outcomes(session) == {"newer": "", "fine": "done"}


def test_what_failed_is_tried_again_with_longer_and_longer_pauses(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    put(app, town, clock, "fails")
    worker, waited = dispatcher({"fails": fails}), []
    for _ in range(4):
        asyncio.run(worker.work_once())
        session.rollback()
        due_at = session.exec(select(OutboxItem).where(OutboxItem.kind == "fails")).one().due_at
        waited.append((due_at - clock.now).total_seconds())
        clock.now = due_at
    assert waited == [2, 4, 8, 16]


@pytest.mark.parametrize(
    ("attempts", "retry_after", "seconds"),
    [(1, None, 2), (7, None, 128), (8, None, 256), (9, None, 300), (99999, None, 300),
     (1, 0, 0), (5, 120, 120), (1, 900, 900), (1, 999_999_999, 900)],
)  # fmt: skip
def test_a_pause_is_at_most_five_minutes_and_a_wish_at_most_fifteen(
    attempts: int, retry_after: int | None, seconds: float
) -> None:
    assert pause(attempts, retry_after) == timedelta(seconds=seconds)


def test_two_workers_never_do_the_same_item(
    app: FastAPI, town: Town, clock: StandingClock, dispatcher: Callable
) -> None:
    put(app, town, clock, *["count"] * 250)
    done: Counter[object] = Counter()

    def count(session: Session, item: OutboxItem, now: datetime) -> str:
        done[item.id] += 1
        return "counted"

    def work(database: Database) -> None:
        worker = dispatcher({"count": count}, database)
        while asyncio.run(worker.work_once()):
            pass
        database.close()

    threads = [
        threading.Thread(target=work, args=[Database(app.state.settings.database)])
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(done) == 250
    assert set(done.values()) == {1}


def test_a_database_that_is_away_for_a_while_does_not_end_the_worker(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    put(app, town, clock, "a")
    rename(app, "outbox_item", "away")

    async def live_through() -> None:
        running = asyncio.create_task(dispatcher({"a": lambda *_: "done"}).run())
        await asyncio.sleep(0.2)
        assert not running.done()
        await asyncio.to_thread(rename, app, "away", "outbox_item")
        for _ in range(100):
            if await asyncio.to_thread(outcomes, session) == {"a": "done"}:
                break
            await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(live_through())
    assert outcomes(session) == {"a": "done"}


def rename(app: FastAPI, old: str, new: str) -> None:
    with app.state.database.writing() as session:
        session.connection().execute(text(f"ALTER TABLE {old} RENAME TO {new}"))


def test_what_is_due_together_is_done_in_one_transaction(
    app: FastAPI, town: Town, clock: StandingClock, session: Session, dispatcher: Callable
) -> None:
    used: list[Session] = []

    def note(writing: Session, item: OutboxItem, now: datetime) -> str:
        used.append(writing)
        return "done"

    put(app, town, clock, "a", "b", "c")
    asyncio.run(dispatcher(dict.fromkeys("abc", note)).work_once())
    assert len(used) == 3
    assert len(set(map(id, used))) == 1
    assert outcomes(session) == dict.fromkeys("abc", "done")


class Hanging:
    """A carrier whose other side never answers."""

    def __init__(self) -> None:
        self.begun = 0

    def prepare(self, _: object, items: list[OutboxItem], __: object) -> dict[UUID, str]:
        return dict.fromkeys((item.id for item in items), "something")

    async def send(self, prepared: object) -> object:
        self.begun += 1
        await asyncio.sleep(3600)
        return prepared

    def record(self, *_: object) -> dict[UUID, datetime]:
        raise AssertionError("nothing came back")

    async def close(self) -> None:
        return None


def test_a_server_that_hangs_holds_up_nothing_else_and_takes_no_more_than_its_share(
    app: FastAPI, town: Town, clock: StandingClock, session: Session
) -> None:
    put(app, town, clock, *["mail"] * 10, "timer")
    hanging = Hanging()

    async def live_through() -> None:
        handlers = {"timer": lambda *_: "done"}
        lanes = {"mail": Lane(hanging, 3)}
        worker = Dispatcher(app.state.database, clock, handlers, lanes, seconds=0.01)
        running = asyncio.create_task(worker.run())
        await asyncio.sleep(0.5)
        assert (await asyncio.to_thread(outcomes, session))["timer"] == "done"
        await asyncio.to_thread(put, app, town, clock, "timer")
        await asyncio.sleep(0.5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(live_through())
    session.rollback()
    timers = session.exec(select(OutboxItem).where(OutboxItem.kind == "timer")).all()
    assert [one.outcome for one in timers] == ["done", "done"]
    assert hanging.begun == 3
