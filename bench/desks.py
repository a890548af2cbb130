"""Desks that are open: `python -m bench.desks PORT PATH TELL`, cookies as JSON on standard input.

Each holds its stream and, as the page's script does, asks for its list again whenever the pulse
says so. Prints a line once all are open. For each further line it asks the server by a POST to TELL
for one pulse, and prints how many seconds after the commit each desk had its new list.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any

import uvloop

from app.open_files import allow_many
from bench.connection import Connection, connect
from bench.streams import GET, POST

ASK = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nHX-Request: true\r\nCookie: {cookie}\r\n"
    "Accept-Language: ja\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"
)
PATIENCE = 120
EVENTS = "/desk/events"


class Desk(asyncio.Protocol):
    """One open page. Pulses that come while it asks lead to one more question, as in htmx."""

    def __init__(self, cookie: str, path: str) -> None:
        self.events = GET.format(path=EVENTS, cookie=cookie).encode()
        self.question = ASK.format(path=path, cookie=cookie).encode()
        self.is_open, self.has_list = asyncio.Event(), asyncio.Event()
        self.has_list_at = 0.0
        self.asking: asyncio.Task[None] | None = None

    async def open(self, port: int) -> None:
        self.port, self.line = port, await connect(port)
        loop = asyncio.get_running_loop()
        self.transport: Any = (await loop.create_connection(lambda: self, "127.0.0.1", port))[0]
        self.transport.write(self.events)
        await asyncio.wait_for(self.is_open.wait(), PATIENCE)

    def data_received(self, data: bytes) -> None:
        if b"HTTP/1.1 200" in data:
            self.is_open.set()
        if b"event: pulse" in data:
            self.asking = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        self.line = await kept(self.line, self.port)
        answer = await self.line.ask(self.question)
        if answer.status != 200:
            raise RuntimeError(f"a desk was answered with {answer.status}")
        self.has_list_at = asyncio.get_running_loop().time()
        self.has_list.set()


async def kept(line: Connection, port: int) -> Connection:
    """Another one where the server closed it because nothing was asked for a while."""
    return await connect(port) if line.transport.is_closing() else line


async def told(desks: Sequence[Desk], port: int, tell: bytes) -> list[float]:
    for desk in desks:
        desk.has_list.clear()
    line = await connect(port)
    committed_at = float((await line.ask(tell)).json()["at"])
    line.transport.close()
    await asyncio.wait_for(asyncio.gather(*(desk.has_list.wait() for desk in desks)), PATIENCE)
    return [desk.has_list_at - committed_at for desk in desks]


async def main(port: int, path: str, tell: str) -> None:
    loop = asyncio.get_running_loop()
    cookies: list[str] = json.loads(sys.stdin.readline())
    desks = [Desk(cookie, path) for cookie in cookies]
    for desk in desks:
        await desk.open(port)
    question = POST.format(path=tell, cookie=cookies[0]).encode()
    await told(desks, port, question)
    print("open", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await told(desks, port, question)), flush=True)


if __name__ == "__main__":
    allow_many()
    uvloop.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
