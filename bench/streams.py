"""Browsers with a live screen open: `python -m bench.streams PORT PATH TELL COUNT COOKIE`.

Prints a line once all of them are open. For each line on standard input it asks the server by a
POST to TELL for one event, and prints the seconds until the last of them had it.
"""

import asyncio
import sys
import time
from typing import Any

import uvloop

from app.open_files import allow_many
from bench.connection import Connection, connect

GET = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nCookie: {cookie}\r\n"
    "Accept-Language: ja\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"
)
POST = "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Length: 0\r\n\r\n"
AT_ONCE = 50
PATIENCE = 30


class Audience:
    """All of them together: how many have heard, and when the last one did."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.screens: list[Screen] = []
        self.missing, self.all_told = 0, asyncio.Event()

    async def open(self, path: str, count: int) -> None:
        request = GET.format(path=path, cookie=self.cookie).encode()
        self.expect(count)
        for done in range(0, count, AT_ONCE):
            batch = (self._open_one(request) for _ in range(min(AT_ONCE, count - done)))
            await asyncio.gather(*batch)
        await asyncio.wait_for(self.all_told.wait(), PATIENCE)

    async def _open_one(self, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        _, screen = await loop.create_connection(lambda: Screen(self), "127.0.0.1", self.port)
        self.screens.append(screen)
        screen.transport.write(request)

    def expect(self, count: int) -> None:
        self.missing = count
        self.all_told.clear()
        for screen in self.screens:
            screen.has_heard = False

    async def told(self, line: Connection, path: str) -> float:
        """Seconds from the commit, as the server saw it, until the last one had the event."""
        self.expect(len(self.screens))
        answer = await line.ask(POST.format(path=path, cookie=self.cookie).encode())
        await asyncio.wait_for(self.all_told.wait(), PATIENCE)
        return self.last_at - float(answer.json()["at"])

    def note(self) -> None:
        self.missing -= 1
        if not self.missing:
            self.last_at = time.monotonic()
            self.all_told.set()


class Screen(asyncio.Protocol):
    """Hears the head of its stream, then events. Signs of life don't count."""

    def __init__(self, audience: Audience) -> None:
        self.audience, self.has_heard = audience, False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if not self.has_heard and (b"event: pulse" in data or b"HTTP/1.1 200" in data):
            self.has_heard = True
            self.audience.note()


async def main(port: int, path: str, tell: str, count: int, cookie: str) -> None:
    audience, line = Audience(port, cookie), await connect(port)
    await audience.open(path, count)
    print("open", flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(await audience.told(line, tell), flush=True)


if __name__ == "__main__":
    port, path, tell, count, cookie = sys.argv[1:]
    allow_many()
    uvloop.run(main(int(port), path, tell, int(count), cookie))
