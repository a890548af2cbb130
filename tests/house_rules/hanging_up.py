"""An answer that never ends, such as a live stream: look at its first line and hang up."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from fastapi import FastAPI
from starlette.types import Message


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def status_of_endless_answer(app: FastAPI, path: str, cookies: dict[str, str]) -> int:
    return int(run(_first_line(app, path, cookies)))


async def _first_line(app: FastAPI, path: str, cookies: dict[str, str]) -> int:
    begun = asyncio.Event()
    statuses: list[int] = []

    async def receive() -> Message:
        await begun.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            begun.set()

    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver"), (b"cookie", cookie.encode())],
        "client": ("testclient", 1),
        "server": ("testserver", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    async with asyncio.timeout(10):
        await app(scope, receive, send)
    return statuses[0]
