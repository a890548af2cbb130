"""Workers that die, stand still or come twice, and clocks that lie."""

import shutil
from contextlib import closing
from datetime import timedelta
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from app.deliveries.models import OutboxItem
from app.deliveries.outbox import lease_due
from app.worker import HANDLERS
from tests.instruction_faults.kinds import kind, started, to_the_end
from tests.instruction_faults.world import World


@kind("worker killed after the lease")
def killed_leasing(world: World) -> None:
    started(world)
    world.clock.advance(seconds=10)
    with world.app.state.database.writing() as session:
        lease_due(session, world.clock.now, HANDLERS.keys())
    world.model.stood_still = timedelta(seconds=60)
    to_the_end(world)


class Killed(BaseException):
    """Nothing of the process goes on."""


class DiesBeforeRecording:
    """Sends, and is no more."""

    def __init__(self, carrier: Any) -> None:
        self.carrier = carrier

    def __getattr__(self, name: str) -> Any:
        return getattr(self.carrier, name)

    def record(self, *args: Any) -> None:
        raise Killed


@kind("worker killed between sending and recording")
def killed_recording(world: World) -> None:
    started(world)
    world.clock.advance(seconds=10)
    with pytest.raises(Killed):
        world.work(DiesBeforeRecording)
    world.model.stood_still = timedelta(seconds=60)
    world.receive()
    to_the_end(world)


@kind("two workers at once")
def two_workers(world: World) -> None:
    started(world)
    world.clock.advance(seconds=10)
    for _ in range(6):
        world.two_workers()
        world.clock.advance(seconds=5)
    world.receive()
    to_the_end(world)


@kind("server down across the deadline")
def down(world: World) -> None:
    started(world)
    world.release()
    world.clock.advance(hours=1)
    world.model.stood_still = timedelta(hours=1)
    world.work()
    to_the_end(world)


@kind("clock put back by an hour")
def clock_back(world: World) -> None:
    started(world)
    world.release()
    world.clock.advance(hours=-1)
    world.run(60)
    world.clock.advance(hours=1)
    world.model.stood_still = timedelta(seconds=60)
    to_the_end(world)


@kind("clock put forward by an hour")
def clock_forward(world: World) -> None:
    started(world)
    world.release()
    world.model.stood_still = timedelta(hours=1)
    world.clock.advance(hours=1)
    world.work()
    world.clock.advance(hours=-1)
    to_the_end(world)


@kind("restored to before the receipt")
def restored(world: World) -> None:
    """SQLite only: the file as it was comes back. The phone sends its receipt again."""
    started(world)
    world.release()
    if world.database == "sqlite":
        copy = world.data / "copy.db"
        with closing(sqlite.connect(world.data / "nafuda.db")) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        world.receive()
        world.app.state.database.close()
        for name in ("nafuda.db-wal", "nafuda.db-shm"):
            (world.data / name).unlink(missing_ok=True)
        shutil.move(copy, world.data / "nafuda.db")
        world.model._reached.clear()
    world.receive()
    to_the_end(world)


@kind("an item of the outbox that always fails")
def poisoned(world: World) -> None:
    started(world)
    with world.app.state.database.writing() as session:
        network_id = world.cast.town.here.network.id
        session.add(
            OutboxItem(network_id=network_id, kind="mail", payload={}, due_at=world.clock.now)
        )
    world.clock.advance(seconds=10)
    for _ in range(3):
        world.runner.run(world._work_once(None))
    world.receive()
    for _ in range(30):
        world.clock.advance(seconds=10)
        for _ in range(3):
            world.runner.run(world._work_once(None))
    world.model.look()
