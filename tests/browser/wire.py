"""A line to the server that weighs what comes back, whoever in the browser asked for it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from tests.browser.rig.loop_thread import LoopThread


class Wire:
    """`weight`: bytes received so far, headers included, before they are unpacked."""

    def __init__(self, server: str) -> None:
        self._port = urlsplit(server).port
        self._ends: list[asyncio.StreamWriter] = []
        self._lines: set[asyncio.Future[object]] = set()
        self.weight = 0

    async def open(self) -> str:
        """Returns its own address."""
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return f"http://localhost:{self._listener.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._listener.close()
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._lines, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        self._ends += [writer, to_server]
        there = self._pump(reader, to_server, counts=False)
        back = self._pump(from_server, writer, counts=True)
        line = asyncio.gather(there, back)
        self._lines.add(line)
        await line

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, counts: bool
    ) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65536):
                self.weight += len(data) if counts else 0
                target.write(data)
                await target.drain()
        target.close()


@contextmanager
def weighed(server: str) -> Iterator[tuple[Wire, str]]:
    wire = Wire(server)
    with LoopThread() as thread:
        address = thread.call(wire.open())
        try:
            yield wire, address
        finally:
            thread.call(wire.close())
