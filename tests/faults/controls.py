"""Three ways of doing it wrong. The harness must see each fail; else it proves nothing."""

import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import UUID

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse

from app.clock import system_clock
from app.reports.forms import fingerprint
from app.reports.receipts import Receipt, Receipts
from tests.faults.facts import Ledger, Row
from tests.faults.harness import Line
from tests.faults.kinds.server import lose_power
from tests.faults.kinds.wire import drop_request
from tests.faults.load import Crowd
from tests.faults.model import Outcome
from tests.faults.world import Rig, World, new_world


async def synchronous_normal(world: World) -> Outcome:
    """Commits that are not synced: power loss takes what was acknowledged."""
    await world.begin(0, "control: synchronous=NORMAL")
    await lose_power(world, tears=False, pragmas=("synchronous=NORMAL",))
    return await world.judge()


async def delete_before_send(world: World) -> Outcome:
    """A queue that forgets an entry before it is sent, on a wire that drops requests."""
    world.script = "deleting first"
    await world.begin(0, "control: delete before send")
    phone = await world.phone()
    world.proxy.fault = drop_request
    await world.press(phone, 3)
    await world.pass_time(60)
    await world.heal()
    await world.settle()
    return await world.judge()


async def check_then_insert(world: World) -> Outcome:
    """A server that looks first and inserts afterwards, and 50 twins."""
    await world.begin(0, "control: check, then insert")
    await world.run()
    crowd = Crowd(world, 1)
    (handset,) = crowd.handsets
    file = world.folder / "naive.db"
    async with NaiveServer(file) as port:
        world.proxy.upstream = port
        entry = handset.press()
        async with crowd.client() as client:
            await asyncio.gather(*(crowd.put(client, handset, entry) for _ in range(50)))
    world.others += crowd.facts
    world.ledger = Ledger(naive_rows(file), tells_centre=False)
    world.proxy.receipts.clear()
    return await world.judge()


class NaiveServer:
    """An application of its own: nothing of it is in the product."""

    def __init__(self, file: Path) -> None:
        self.file = file

    async def __aenter__(self) -> int:
        with closing(sqlite3.connect(self.file)) as database:
            database.execute("CREATE TABLE report (id TEXT, envelope BLOB, receipt BLOB)")
        config = uvicorn.Config(naive_app(self.file), port=0, log_level="error", ws="none")
        self.server = uvicorn.Server(config)
        self.task = asyncio.create_task(self.server.serve())
        while not self.server.started:
            await asyncio.sleep(0.01)
        return int(self.server.servers[0].sockets[0].getsockname()[1])

    async def __aexit__(self, *trouble: object) -> None:
        self.server.should_exit = True
        await self.task


def naive_app(file: Path) -> FastAPI:
    app, numbers, receipts = FastAPI(), count(1), Receipts(b"naive")

    @app.put("/api/reports/{report_id}")
    async def put(request: Request, report_id: UUID) -> JSONResponse:
        body = await request.body()
        found = await asyncio.to_thread(find, str(report_id))
        if found:
            return JSONResponse(json.loads(found[0]), 200)
        given = Receipt(report_id, fingerprint(body), next(numbers), system_clock())
        receipt = receipts.write(UUID(int=0), given)
        await asyncio.to_thread(insert, str(report_id), body, receipt)
        return JSONResponse(json.loads(receipt), 201)

    def find(report_id: str) -> tuple[bytes] | None:
        with closing(sqlite3.connect(file, timeout=30)) as database:
            query = "SELECT receipt FROM report WHERE id = ?"
            found: tuple[bytes] | None = database.execute(query, [report_id]).fetchone()
            return found

    def insert(*values: object) -> None:
        with closing(sqlite3.connect(file, timeout=30)) as database, database:
            database.execute("INSERT INTO report VALUES (?, ?, ?)", values)

    return app


def naive_rows(file: Path) -> list[Row]:
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT id, envelope, receipt FROM report").fetchall()
    return [Row(key, envelope, json.loads(receipt), "", 1) for key, envelope, receipt in rows]


CONTROLS: dict[str, tuple[Callable[[World], Awaitable[Outcome]], str]] = {
    "control: synchronous=NORMAL": (synchronous_normal, "lost"),
    "control: deleted before it is sent": (delete_before_send, "lost"),
    "control: looked for, then inserted": (check_then_insert, "doubled"),
}


async def play_control(rig: Rig, name: str) -> tuple[Line, bool]:
    """Its line of the table, and whether it failed as it must."""
    control, symptom = CONTROLS[name]
    world = new_world(rig, "sqlite")
    try:
        outcome = await control(world)
    finally:
        await world.end()
    return Line(name, 1, outcome), bool(getattr(outcome, symptom))
