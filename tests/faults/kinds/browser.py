"""The same with a real Chromium: its own IndexedDB, its own service worker, its own deaths."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.faults.browsers import BrowserPhone
from tests.faults.facts import phone_facts
from tests.faults.kinds import kind
from tests.faults.proxy import Exchange
from tests.faults.world import World


@asynccontextmanager
async def browser_phone(world: World) -> AsyncIterator[BrowserPhone]:
    """A phone at a badge's page, its report filled in. In the end it is opened once more and has
    20 s."""
    await world.run()
    code = world.town.code("conveni", world.rng.randrange(5))
    async with BrowserPhone(f"http://localhost:{world.proxy.port}", code) as phone:
        await phone.scan()
        await phone.kept()
        await phone.fill()
        yield phone
        world.proxy.fault = None
        await phone.context.set_offline(False)
        await phone.later()
        await phone.scan()
        facts = await phone.settled()
        evicted = getattr(phone, "evicted", set())
        world.others.append(phone_facts("chromium", facts, evicted, 2))


async def none_passes(exchange: Exchange) -> None:
    """Reports are cut off; pages still come."""
    if not exchange.carries_reports:
        await exchange.passed()


async def answers_lost(exchange: Exchange) -> None:
    answer = await exchange.forward()
    if not exchange.carries_reports:
        await exchange.answer(answer)


@kind("Chromium: killed between commit and request", settles=False)
async def killed_before_request(world: World) -> None:
    async with browser_phone(world) as phone:
        world.proxy.fault = none_passes
        await phone.press()
        phone.kill()
        await phone.rise()


@kind("Chromium: killed between receipt and its note", settles=False)
async def killed_before_note(world: World) -> None:
    async with browser_phone(world) as phone:
        world.proxy.fault = answers_lost
        await phone.press()
        await phone.wait(world.rng.uniform(0, 300))
        phone.kill()
        await phone.rise()


@kind("Chromium: killed mid-request", settles=False)
async def killed_mid_request(world: World) -> None:
    async with browser_phone(world) as phone:

        async def kill(exchange: Exchange) -> None:
            if not exchange.carries_reports:
                await exchange.passed()
                return
            world.proxy.fault = None
            await phone.confirm()
            phone.kill()
            await exchange.forward()

        world.proxy.fault = kill
        await phone.page.locator("#bar button.pri").click(no_wait_after=True)
        for _ in range(200):
            if phone.page.is_closed():
                break
            await asyncio.sleep(0.05)
        await phone.rise()


@kind("Chromium: tab closed mid-request", settles=False)
async def tab_closed(world: World) -> None:
    async with browser_phone(world) as phone:
        other = await phone.context.new_page()
        world.proxy.fault = world.rng.choice([answers_lost, none_passes])
        await phone.press()
        await phone.page.close()
        phone.page = other


@kind("Chromium: service worker stopped mid-request", settles=False)
async def worker_stopped(world: World) -> None:
    """Background Sync has the worker send; it is stopped while the answer is on its way."""
    async with browser_phone(world) as phone:
        session = await phone.context.new_cdp_session(phone.page)
        await session.send("ServiceWorker.enable")
        world.proxy.fault = answers_lost
        await phone.press()
        (worker,) = phone.context.service_workers
        await worker.evaluate("self.dispatchEvent(new Event('sync')) && undefined")
        await session.send("ServiceWorker.stopAllWorkers")


@kind("Chromium: last chance of Background Sync", settles=False)
async def last_chance(world: World) -> None:
    """The browser's last attempt fails; nothing is thrown away with it."""
    async with browser_phone(world) as phone:
        world.proxy.fault = none_passes
        await phone.press()
        session = await phone.context.new_cdp_session(phone.page)
        registrations: list[str] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda news: registrations.extend(
                one["registrationId"] for one in news["registrations"]
            ),
        )
        await session.send("ServiceWorker.enable")
        await phone.wait(100)
        await session.send(
            "ServiceWorker.dispatchSyncEvent",
            {
                "origin": phone.base,
                "registrationId": registrations[0],
                "tag": "nafuda",
                "lastChance": True,
            },
        )
        await phone.wait(200)


@kind("Chromium: site data cleared with a report waiting", settles=False)
async def data_cleared(world: World) -> None:
    async with browser_phone(world) as phone:
        world.proxy.fault = none_passes
        await phone.press()
        phone.evicted = set(phone.confirmed)  # type: ignore[attr-defined]
        session = await phone.context.new_cdp_session(phone.page)
        await session.send(
            "Storage.clearDataForOrigin", {"origin": phone.base, "storageTypes": "all"}
        )


@kind("Chromium: new service worker activates mid-send", settles=False)
async def new_worker(world: World) -> None:
    async with browser_phone(world) as phone:

        async def renewed(exchange: Exchange) -> None:
            answer = await exchange.forward()
            if exchange.path == "/service-worker.js":
                answer.body += f"\n// {world.rng.random()}".encode()
            if not exchange.carries_reports:
                await exchange.answer(answer)

        world.proxy.fault = renewed
        await phone.press()
        await phone.page.evaluate(
            "async () => { await (await navigator.serviceWorker.ready).update() }"
        )


@kind("Chromium: network toggling", settles=False)
async def toggling(world: World) -> None:
    async with browser_phone(world) as phone:
        await phone.context.set_offline(True)
        await phone.press()
        for step in range(world.rng.randint(2, 5)):
            await phone.context.set_offline(step % 2 == 0)
            await phone.wait(world.rng.uniform(5, 150))


@kind("Chromium: navigator.onLine lies", settles=False)
async def lying(world: World) -> None:
    """It says that there is a network while nothing gets through."""
    async with browser_phone(world) as phone:
        world.proxy.fault = none_passes
        await phone.press()
        await phone.page.evaluate("dispatchEvent(new Event('online'))")
        await phone.wait(world.rng.uniform(0, 300))
