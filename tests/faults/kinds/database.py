"""What goes wrong between the server and its database."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
import pysqlite3.dbapi2 as sqlite

from app.clock import system_clock
from app.operations.backup import back_up
from app.operations.restore import restore
from tests.faults import disk
from tests.faults.kinds import BOTH, POSTGRES, SQLITE, kind
from tests.faults.kinds.server import held
from tests.faults.load import Crowd
from tests.faults.world import World

IMPATIENT = ("busy_timeout=200",)
Trouble = Callable[[World], Awaitable[None]]


async def during(world: World, begin: Trouble, end: Trouble) -> None:
    """Reports before, during and after the trouble."""
    phone = await world.phone()
    await world.press(phone, world.rng.randint(0, 2))
    await world.pass_time(60)
    await begin(world)
    for _ in range(world.rng.randint(1, 2)):
        await world.press(phone, world.rng.randint(1, 3))
        await world.pass_time(world.rng.uniform(10, 600))
    await end(world)


def misbehaving(name: str, mode: bytes) -> None:
    @kind(name, SQLITE)
    async def play(world: World) -> None:
        async def begin(world: World) -> None:
            await world.run()
            world.disk.behave(mode)

        async def end(world: World) -> None:
            world.disk.behave(disk.GOOD)

        await during(world, begin, end)


misbehaving("disk full", disk.FULL)
misbehaving("disk read-only", disk.READ_ONLY)
misbehaving("disk failing", disk.FAILING)
misbehaving("disk that can't sync", disk.UNSYNCABLE)


@kind("database locked by another process", SQLITE)
async def locked(world: World) -> None:
    """Longer than a server waits: its patience is cut from 30 s to 0.2 s, the lock with it."""
    if world.server:
        await world.server.kill()
    await world.start(pragmas=IMPATIENT)
    other = sqlite.connect(str(world.disk.database), isolation_level=None)
    mode = world.rng.choice(["IMMEDIATE", "EXCLUSIVE"])

    async def begin(world: World) -> None:
        other.execute(f"BEGIN {mode}")

    async def end(world: World) -> None:
        other.execute("ROLLBACK")

    await during(world, begin, end)
    other.close()


@kind("database moved away and back", SQLITE)
async def moved_away(world: World) -> None:
    """The folder goes while the server runs, as when a volume is mounted over it."""
    away = world.folder.with_name(world.folder.name + "-away")

    async def begin(world: World) -> None:
        if world.rng.random() < 0.5 and world.server:
            await world.server.kill()
        world.folder.rename(away)

    async def end(world: World) -> None:
        away.rename(world.folder)

    await during(world, begin, end)


def statement(world: World, text: str) -> None:
    world.rig.cluster.execute(text.format(name=world.folder.name))


def cut_all(world: World) -> None:
    statement(
        world,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )


@kind("PostgreSQL read-only", POSTGRES)
async def postgres_read_only(world: World) -> None:
    def switch(on: str) -> Trouble:
        async def change(world: World) -> None:
            statement(world, f"ALTER DATABASE {{name}} SET default_transaction_read_only = {on}")
            cut_all(world)

        return change

    await during(world, switch("on"), switch("off"))


@kind("PostgreSQL refuses connections", POSTGRES)
async def postgres_closed(world: World) -> None:
    def allow(allowed: str) -> Trouble:
        async def change(world: World) -> None:
            statement(world, f"ALTER DATABASE {{name}} ALLOW_CONNECTIONS {allowed}")
            cut_all(world)

        return change

    await during(world, allow("false"), allow("true"))


async def struck(world: World, strike: Trouble) -> None:
    """Strike while a transaction that accepts reports is open."""
    if world.server:
        await world.server.kill()
    flag = world.folder / "held"
    step = world.rng.choice(["transaction begun", "report inserted", "audit inserted"])
    nth = world.rng.randint(1, 2)
    await world.start(arm=[{"point": step, "nth": nth, "act": "hold", "flag": str(flag)}])
    crowd = Crowd(world, 6)
    sending = asyncio.create_task(crowd.send(3))
    await held(flag)
    await strike(world)
    flag.unlink()
    await sending
    world.others += crowd.facts


@kind("PostgreSQL restarted mid-transaction", POSTGRES)
async def restarted(world: World) -> None:
    async def restart(world: World) -> None:
        how = world.rng.choice(["immediate", "fast"])
        await asyncio.to_thread(world.rig.cluster.restart, how)

    await struck(world, restart)


@kind("PostgreSQL connection cut", POSTGRES)
async def connection_cut(world: World) -> None:
    async def cut(world: World) -> None:
        cut_all(world)

    await struck(world, cut)


@kind("PostgreSQL statement cancelled", POSTGRES)
async def statement_cancelled(world: World) -> None:
    """An operator's table lock makes a statement wait; then that statement is cancelled."""
    server = await world.run()
    crowd = Crowd(world, 6)
    address = f"host={world.rig.cluster.folder} user=postgres dbname={world.folder.name}"
    with psycopg.connect(address) as operator:
        table = world.rng.choice(["report", "outbox_item", "audit_entry"])
        operator.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE".encode())
        sending = asyncio.create_task(crowd.send(2))
        for _ in range(world.rng.randint(1, 4)):
            await asyncio.sleep(0.1)
            statement(
                world,
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                " WHERE datname = '{name}' AND wait_event_type = 'Lock'",
            )
    await sending
    assert not server.ended.is_set()
    world.others += crowd.facts


@kind("audit entry refused by the database", BOTH)
async def audit_fails(world: World) -> None:
    """Without its audit entry no report is accepted."""

    def execute(*statements: str) -> Trouble:
        async def change(world: World) -> None:
            with world.opened_database() as database, database.writing() as session:
                for text in statements:
                    session.connection().exec_driver_sql(text)

        return change

    if world.database == "sqlite":
        refuse = execute(
            "CREATE TRIGGER refusing BEFORE INSERT ON audit_entry WHEN NEW.action ="
            " 'report.create' BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        allow = execute("DROP TRIGGER refusing")
    else:
        refuse = execute(
            "ALTER TABLE audit_entry ADD CONSTRAINT refusing"
            " CHECK (action <> 'report.create') NOT VALID"
        )
        allow = execute("ALTER TABLE audit_entry DROP CONSTRAINT refusing")
    await during(world, refuse, allow)


@kind("old backup restored", BOTH)
async def restored(world: World) -> None:
    """What was acknowledged after the copy was made is offered again (protocol A5)."""
    phone = await world.phone()
    await world.press(phone, 2)
    await world.pass_time(600, until="settled")
    with world.opened_database() as database:
        copy = await asyncio.to_thread(back_up, database, world.folder / "copies", system_clock())
    await world.press(phone, world.rng.randint(1, 4))
    await world.pass_time(600, until="settled")
    if world.server:
        await world.server.kill()
    await put_back(world, copy)
    await world.start()
    await world.press(phone, world.rng.randint(1, 2))
    await phone.event("pageshow")
    await world.pass_time(3600)
    world.spent = True


async def put_back(world: World, copy: Path) -> None:
    url = world.url or f"sqlite:///{world.disk.database}"
    await asyncio.to_thread(restore, url, copy, system_clock())
