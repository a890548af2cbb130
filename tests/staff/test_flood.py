"""Strangers who try passwords all the time keep nobody from anything but trying passwords."""

import asyncio
from collections import Counter

import httpx2
from fastapi import FastAPI

from tests.cast import Cast
from tests.towns import Town

AT_ONCE = 80
FEW = 12


def client(app: FastAPI, address: str) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, client=(address, 1))
    return httpx2.AsyncClient(transport=transport, base_url="http://testserver", timeout=60)


def test_a_flood_of_sign_ins_leaves_the_threads_to_others(
    app: FastAPI, cast: Cast, town: Town
) -> None:
    answered: list[int] = []
    page = f"/b/{cast.phone().code}"

    async def guess(stranger: httpx2.AsyncClient, number: int) -> None:
        fields = {"sign_in": f"nobody{number}", "password": "青波の港に船が三そう"}
        answered.append((await stranger.post("/sign-in", data=fields)).status_code)

    async def flood() -> tuple[int, int]:
        async with client(app, "192.0.2.7") as stranger, client(app, "192.0.2.9") as worker:
            guesses = [asyncio.create_task(guess(stranger, one)) for one in range(AT_ONCE)]
            await asyncio.sleep(0.05)
            status = (await worker.get(page)).status_code
            checked = Counter(answered)[401]
            await asyncio.gather(*guesses)
            return status, checked

    status, checked = asyncio.run(flood())
    assert status == 200
    assert checked < FEW, "the page came after the guesses"
    told = Counter(answered)
    assert told[429] > 0
    assert told[401] + told[429] == AT_ONCE


def test_who_signs_in_from_elsewhere_has_a_turn_meanwhile(app: FastAPI, town: Town) -> None:
    person = town.person("clerk")

    async def flood() -> int:
        async with client(app, "192.0.2.7") as stranger, client(app, "192.0.2.9") as clerk:
            wrong = {"sign_in": "nobody", "password": "青波の港に船が三そう"}
            guesses = [
                asyncio.create_task(stranger.post("/sign-in", data=wrong)) for _ in range(AT_ONCE)
            ]
            await asyncio.sleep(0.05)
            right = {"sign_in": person.sign_in, "password": person.password}
            status = (await clerk.post("/sign-in", data=right)).status_code
            await asyncio.gather(*guesses)
            return status

    assert asyncio.run(flood()) == 303
