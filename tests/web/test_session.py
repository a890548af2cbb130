"""More requests at once than there are threads or connections: they take turns, and all end."""

import asyncio
from collections import Counter

import httpx2
from fastapi import FastAPI

from tests.cast import Cast, Desk

AT_ONCE = 120


def at_once(app: FastAPI, desk: Desk, *requests: tuple[str, str]) -> Counter[int]:
    """How these were answered, all of them many times over."""

    async def run() -> list[int]:
        cookies = dict(desk.client.cookies)
        transport = httpx2.ASGITransport(app=app)
        async with (
            asyncio.timeout(120),
            httpx2.AsyncClient(
                transport=transport, base_url="http://testserver", cookies=cookies
            ) as one,
        ):
            many = [one.request(*request) for request in requests for _ in range(AT_ONCE)]
            return [answer.status_code for answer in await asyncio.gather(*many)]

    return Counter(asyncio.run(run()))


def test_many_who_write_at_once_take_turns(app: FastAPI, cast: Cast) -> None:
    found = at_once(app, cast.staff("counsellor"), ("POST", "/desk/duty"))
    assert found == {303: AT_ONCE}


def test_many_who_read_and_write_at_once_all_get_their_answer(app: FastAPI, cast: Cast) -> None:
    desk = cast.staff("counsellor")
    found = at_once(app, desk, ("GET", "/desk/duty"), ("POST", "/desk/duty"))
    assert found == {200: AT_ONCE, 303: AT_ONCE}
