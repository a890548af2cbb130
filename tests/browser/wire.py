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
        self.weight = 0

    async def open(self) -> str:
        """Returns its own address."""
        self._listener = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return f"http://localhost:{self._listener.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        self._listener.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(
            self._pump(reader, to_server, 0), self._pump(from_server, writer, 1)
        )

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, counts: int
    ) -> None:
        with suppress(ConnectionError):
            while data := await source.read(65536):
                self.weight += counts * len(data)
                target.write(data)
                await target.drain()
        target.close()


@contextmanager
def weighed(server: str) -> Iterator[tuple[Wire, str]]:
    wire = Wire(server)
    with LoopThread() as thread:
        address = thread.call(wire.open())
        yield wire, address
        thread.call(wire.close())
