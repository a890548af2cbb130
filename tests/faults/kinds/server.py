"""The server is killed, and comes back."""

import asyncio
from pathlib import Path

from tests.faults.kinds import SQLITE, kind
from tests.faults.load import Crowd
from tests.faults.proxy import Exchange
from tests.faults.servers import Server
from tests.faults.world import World

STEPS = (
    "request accepted",
    "envelope parsed",
    "transaction begun",
    "report inserted",
    "outbox inserted",
    "audit inserted",
    "committed",
)


def killed_at(step: str) -> None:
    @kind(f"server killed: {step}")
    async def play(world: World) -> None:
        deaths = world.rng.randint(1, 2)
        await armed(world, step)
        phones = [await world.phone() for _ in range(world.rng.randint(1, 2))]
        await die_and_rise(world, phones, step, deaths)


async def armed(world: World, step: str) -> None:
    """A server that dies the first to third time it comes by."""
    if world.server:
        await world.server.kill()
    nth = world.rng.randint(1, 3)
    await world.start(arm=[{"point": step, "nth": nth, "act": "kill", "flag": ""}])


async def die_and_rise(world: World, phones: list, step: str, deaths: int) -> None:  # type: ignore[type-arg]
    for _ in range(20):
        for phone in phones:
            await world.press(phone, world.rng.randint(1, 2))
        await world.pass_time(60, until="settled")
        if world.server and world.server.ended.is_set():
            deaths -= 1
            await (armed(world, step) if deaths else world.start())
        if not deaths:
            return
    raise AssertionError(f"never came by: {step}")


for step in STEPS:
    killed_at(step)


@kind("server killed: answered")
async def killed_after_answer(world: World) -> None:
    phone = await world.phone()
    left = world.rng.randint(1, 3)

    async def kill(exchange: Exchange) -> None:
        nonlocal left
        answer = await exchange.forward()
        left -= exchange.carries_reports
        if not left and world.server:
            await world.server.kill()
        await exchange.answer(answer)

    world.proxy.fault = kill
    await world.press(phone, 3)
    await world.pass_time(600, until="settled")
    world.spent = True


@kind("server killed under load")
async def killed_under_load(world: World) -> None:
    server = await world.run()
    crowd = Crowd(world, 40)
    sending = asyncio.create_task(crowd.send(3))
    for _ in range(world.rng.randint(1, 3)):
        await asyncio.sleep(world.rng.uniform(0.02, 0.5))
        await server.kill()
        server = await world.start()
    await sending
    world.others += crowd.facts
    world.spent = True


@kind("rolling restart under load")
async def rolling_restart(world: World) -> None:
    server: Server = await world.run()
    crowd = Crowd(world, 40)
    sending = asyncio.create_task(crowd.send(3))
    for _ in range(2):
        await asyncio.sleep(world.rng.uniform(0.05, 0.4))
        old, server = server, await world.start()
        await old.terminate()
    await sending
    world.others += crowd.facts
    world.spent = True


@kind("server told to stop mid-request")
async def stopped_gently(world: World) -> None:
    """SIGTERM while a transaction is under way: what was taken is finished or never answered."""
    if world.server:
        await world.server.kill()
    flag = world.folder / "held"
    step = world.rng.choice(STEPS[2:])
    server = await world.start(arm=[{"point": step, "nth": 1, "act": "hold", "flag": str(flag)}])
    crowd = Crowd(world, 5)
    sending = asyncio.create_task(crowd.send(1))
    await held(flag)
    stopping = asyncio.create_task(server.terminate())
    await asyncio.sleep(world.rng.uniform(0, 0.3))
    flag.unlink()
    await stopping
    await world.start()
    await sending
    world.others += crowd.facts


async def held(flag: Path) -> None:
    for _ in range(2000):
        if flag.exists():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("never came by")


async def lose_power(world: World, *, tears: bool, pragmas: tuple[str, ...] = ()) -> None:
    """The machine goes dark while many report; then the server starts on what the disk has."""
    if world.server:
        await world.server.kill()
    crowd = Crowd(world, 60)
    disk, before = world.disk, world.disk.contents()
    server = await world.start(environment=disk.environment(journal=True), pragmas=pragmas)
    sending = asyncio.create_task(crowd.send(12))
    await crowd.acknowledged(world.rng.randint(20, 500))
    await server.kill()
    disk.lose_power(before, world.rng if tears else None)
    await world.start()
    await sending
    world.others += crowd.facts
    world.spent = True


@kind("power lost", SQLITE)
async def power_lost(world: World) -> None:
    await lose_power(world, tears=False)


@kind("power lost, pages torn", SQLITE)
async def power_lost_torn(world: World) -> None:
    await lose_power(world, tears=True)
