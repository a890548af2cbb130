"""What is printed is set before a transaction begins: who prints keeps no report waiting."""

import asyncio
from importlib import import_module
from threading import Event
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from tests.cast import Cast

PRESSES = {
    "/office/prints/slips": ("app.office.prints.routes", "checked_slips"),
    "/office/badges/sheet": ("app.office.prints.badge_sheet", "render_badge_sheet"),
}
PATIENCE = 20


@pytest.mark.parametrize("path", PRESSES)
def test_others_write_while_a_paper_is_being_made(
    app: FastAPI, cast: Cast, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookies = dict(cast.staff("clerk").client.cookies)
    begun, may_end = Event(), Event()
    module, name = PRESSES[path]
    press = getattr(import_module(module), name)

    def held(*args: Any) -> Any:
        begun.set()
        assert may_end.wait(PATIENCE), "the resident waited for the paper"
        return press(*args)

    monkeypatch.setattr(f"{module}.{name}", held)

    async def both() -> list[int]:
        transport, base = httpx2.ASGITransport(app=app), "http://testserver"
        async with (
            httpx2.AsyncClient(transport=transport, base_url=base, timeout=60) as resident,
            httpx2.AsyncClient(
                transport=transport, base_url=base, timeout=60, cookies=cookies
            ) as clerk,
        ):
            form = {"everything": "1", "skip": "true"}
            printing = asyncio.create_task(clerk.post(path, data=form))
            assert await asyncio.to_thread(begun.wait, PATIENCE)
            verified = await resident.post("/verify", data={"number": "A-0001"})
            may_end.set()
            return [verified.status_code, (await printing).status_code]

    assert asyncio.run(both()) == [200, 200]
