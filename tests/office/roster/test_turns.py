"""Many files at once: each network has a few turns, and nobody else's thread is taken."""

import asyncio
from collections import Counter

import httpx2
from fastapi import FastAPI

from tests.cast import Cast
from tests.organizations.roster.files import line, roster

AT_ONCE = 12


def test_one_network_has_only_so_many_files_read_at_once(app: FastAPI, cast: Cast) -> None:
    cookies = dict(cast.staff("clerk").client.cookies)
    files = {"file": ("meibo.xlsx", roster(line()))}

    async def flood() -> list[int]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://testserver", cookies=cookies, timeout=60
        ) as clerk:
            sent = (clerk.post("/office/roster", files=files) for _ in range(AT_ONCE))
            return [answer.status_code for answer in await asyncio.gather(*sent)]

    told = Counter(asyncio.run(flood()))
    assert told.total() == AT_ONCE
    assert told[303] >= 3
    assert told[429] >= 1
