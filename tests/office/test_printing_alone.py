"""What is printed is set before a transaction begins: who prints keeps no report waiting."""

import asyncio
import time

import httpx2
import pytest
from fastapi import FastAPI

from tests.cast import Cast


@pytest.mark.parametrize("path", ["/office/prints/slips", "/office/badges/sheet"])
def test_others_write_while_a_paper_is_being_made(app: FastAPI, cast: Cast, path: str) -> None:
    cookies = dict(cast.staff("clerk").client.cookies)
    ended: dict[str, float] = {}

    async def ask(asker: httpx2.AsyncClient, address: str, **fields: str) -> int:
        status = (await asker.post(address, data=fields)).status_code
        ended[address] = time.monotonic()
        return status

    async def both() -> list[int]:
        transport, base = httpx2.ASGITransport(app=app), "http://testserver"
        async with (
            httpx2.AsyncClient(transport=transport, base_url=base, timeout=60) as resident,
            httpx2.AsyncClient(
                transport=transport, base_url=base, timeout=60, cookies=cookies
            ) as clerk,
        ):
            printing = asyncio.create_task(ask(clerk, path, everything="1", skip="true"))
            await asyncio.sleep(0.1)
            return [await ask(resident, "/verify", number="A-0001"), await printing]

    assert asyncio.run(both()) == [200, 200]
    assert ended["/verify"] < ended[path]
