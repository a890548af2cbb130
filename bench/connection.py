"""One keep-alive connection that costs the machine as little as possible: bytes in, status out."""

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

import brotli

LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    is_brotli: bool

    def json(self) -> Any:
        return json.loads(brotli.decompress(self.body) if self.is_brotli else self.body)


class Connection(asyncio.Protocol):
    """One request at a time. A closed line fails the request that waits on it."""

    transport: Any
    waiting: "asyncio.Future[Answer] | None" = None
    received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        end = self.received.find(HEAD_END)
        if end < 0:
            return
        found = LENGTH.search(self.received, 0, end + 2)
        whole = end + len(HEAD_END) + (int(found[1]) if found else 0)
        if len(self.received) < whole or self.waiting is None:
            return
        body, status = self.received[end + len(HEAD_END) : whole], int(self.received[9:12])
        is_brotli = b"content-encoding: br" in self.received[:end].lower()
        self.received = self.received[whole:]
        waiting, self.waiting = self.waiting, None
        waiting.set_result(Answer(status, body, is_brotli))

    def connection_lost(self, error: Exception | None) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(error or ConnectionError("closed by the server"))

    async def ask(self, request: bytes) -> Answer:
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting


async def connect(port: int) -> Connection:
    loop = asyncio.get_running_loop()
    _, made = await loop.create_connection(Connection, "127.0.0.1", port)
    return made
