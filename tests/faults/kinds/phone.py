"""What goes wrong on the phone. Its disk, its clock and its tabs are in phone.js."""

from typing import Any

from tests.faults.kinds import kind
from tests.faults.proxy import Exchange
from tests.faults.world import DAY, World

TEN_YEARS = 3652 * DAY * 1000


def dying(name: str, point: str) -> None:
    """The whole browser is killed, at the worst moment of one of its steps, then opened again."""

    @kind(name)
    async def play(world: World) -> None:
        phone = await world.phone()
        for _ in range(world.rng.randint(1, 3)):
            await phone.ask("kill_at", point=point, nth=world.rng.randint(1, 6))
            await world.press(phone, world.rng.randint(1, 3))
            await world.pass_time(30)
            if not (await phone.look())["alive"]:
                await phone.open()


dying("browser killed after a commit on its disk", "committed")
dying("browser killed as a request leaves", "requested")
dying("browser killed between receipt and its note", "answered")


@kind("browser killed mid-request")
async def killed_mid_request(world: World) -> None:
    phone = await world.phone()

    async def kill(exchange: Exchange) -> None:
        answer = await exchange.forward()
        if exchange.carries_reports:
            world.proxy.fault = None
            await phone.ask("kill")
        await exchange.answer(answer)

    world.proxy.fault = kill
    await world.press(phone, world.rng.randint(1, 3))
    await world.pass_time(60)


@kind("browser killed before anything was sent")
async def killed_before_request(world: World) -> None:
    phone = await world.phone(starts=False)
    await world.press(phone, world.rng.randint(1, 5))
    await phone.ask("kill")


async def many_tabs(world: World, **options: Any) -> None:
    """Five tabs and a worker all begin to send at once, again and again."""
    phone = await world.phone(**options)
    tabs = ["tab", "two", "three", "four", "five", "worker"]
    world.tabs = len(tabs)
    for tab in tabs[1:]:
        await phone.open(tab)
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(2, 6), world.rng.choice(tabs))
    await phone.change(online=True)
    for _ in range(3):
        for tab in tabs:
            await phone.event("online", tab)
        await world.press(phone, 1, world.rng.choice(tabs))
    await world.pass_time(600, until="settled")


@kind("five tabs and the worker send at once")
async def with_locks(world: World) -> None:
    await many_tabs(world)


@kind("five tabs at once, no Locks")
async def without_locks(world: World) -> None:
    await many_tabs(world, locks=False)


@kind("one draft sent from five tabs")
async def one_draft(world: World) -> None:
    phone = await world.phone(locks=world.rng.random() < 0.5)
    for tab in ("two", "three", "four", "five"):
        await phone.open(tab)
    for _ in range(world.rng.randint(1, 2)):
        draft = f"draft-{world.rng.getrandbits(40)}"
        for tab in ("tab", "two", "three", "four", "five"):
            await phone.press(tab, draft=draft)


@kind("tab closed mid-request")
async def tab_closed(world: World) -> None:
    """Another tab is still there, and goes on."""
    phone = await world.phone()
    await phone.open("two")

    async def close(exchange: Exchange) -> None:
        answer = await exchange.forward() if world.rng.random() < 0.5 else None
        world.proxy.fault = None
        await phone.ask("kill", tabs=["tab"])
        if answer:
            await exchange.answer(answer)

    world.proxy.fault = close
    await world.press(phone, world.rng.randint(1, 3))
    await world.pass_time(60)


@kind("navigator.onLine lies")
async def lying(world: World) -> None:
    phone = await world.phone()
    await phone.change(says_online=False)
    await world.press(phone, 1)
    await world.pass_time(60)
    await phone.change(online=False, says_online=True)
    await phone.event("online")
    await world.press(phone, world.rng.randint(1, 2))
    await world.pass_time(60)
    await phone.change(online=True, says_online=False)
    await phone.event("offline")
    await world.pass_time(900, until="settled")


@kind("no event ever comes, only the timer")
async def only_timer(world: World) -> None:
    """No Background Sync, no online event, no visibility change."""
    phone = await world.phone()
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(1, 4))
    await world.pass_time(world.rng.uniform(10, 4000))
    await phone.change(online=True)
    assert await world.pass_time(900, until="settled"), "the timer alone doesn't do it"


@kind("quota exceeded")
async def quota(world: World) -> None:
    """Nothing is confirmed that wasn't kept, and what waits leaves although it can't be noted."""
    phone = await world.phone()
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(0, 2))
    await phone.ask("trouble", full=True)
    before = len((await phone.look())["confirmed"])
    await world.press(phone, 2)
    facts = await phone.look()
    assert len(facts["confirmed"]) == before
    assert facts["refused"] == 2
    await phone.online(True)
    await world.pass_time(600)


@kind("IndexedDB connection lost")
async def connection_lost(world: World) -> None:
    phone = await world.phone()
    await phone.ask("trouble", lost=world.rng.uniform(0.1, 0.6))
    for _ in range(4):
        await world.press(phone, 1)
        await world.pass_time(world.rng.uniform(1, 600))


@kind("site data cleared with reports waiting")
async def cleared(world: World) -> None:
    """They are gone, and nothing says that they arrived; the gap in the numbers shows it."""
    phone = await world.phone()
    await world.press(phone, world.rng.randint(0, 2))
    await world.pass_time(60, until="settled")
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(1, 3))
    await phone.evict()
    if world.rng.random() < 0.5:
        await phone.ask("wipe_cookies")


@kind("cookies wiped, IndexedDB kept")
async def cookies_wiped(world: World) -> None:
    phone = await world.phone()
    await world.press(phone, world.rng.randint(0, 2))
    await world.pass_time(60, until="settled")
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(1, 3))
    await phone.ask("wipe_cookies")
    await phone.online(True)
    await world.pass_time(600)


@kind("IndexedDB wiped, cookies kept")
async def disk_wiped(world: World) -> None:
    """Numbers begin anew under the same device; nothing is doubled."""
    phone = await world.phone()
    await world.press(phone, world.rng.randint(1, 3))
    await world.pass_time(60, until="settled")
    await phone.evict()
    await world.press(phone, world.rng.randint(1, 3))


@kind("phone clock ten years off")
async def clock_off(world: World) -> None:
    phone = await world.phone(offset=world.rng.choice([-1, 1]) * TEN_YEARS)
    await world.press(phone, world.rng.randint(1, 3))
    await world.pass_time(60)


@kind("phone clock jumps while reports wait")
async def clock_jumps(world: World) -> None:
    phone = await world.phone()
    await phone.change(online=False)
    await world.press(phone, world.rng.randint(1, 3))
    for _ in range(3):
        await phone.change(offset=world.rng.choice([-1, 0, 1]) * TEN_YEARS)
        await phone.event("online")
        await world.pass_time(world.rng.uniform(1, 60))
    await phone.online(True)
    assert await world.pass_time(900, until="settled"), "a changed clock keeps reports waiting"
