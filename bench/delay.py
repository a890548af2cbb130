"""A line with a round trip: bytes reach the other side later, in order, at any rate."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Delayed(asyncio.Protocol):
    """One end. What it receives is written to its peer after `one_way` seconds."""

    transport: asyncio.WriteTransport
    peer: "Delayed"

    def __init__(self, one_way: float) -> None:
        self.one_way = one_way

    def data_received(self, data: bytes) -> None:
        asyncio.get_running_loop().call_later(self.one_way, self.peer.transport.write, data)

    def connection_lost(self, error: Exception | None) -> None:
        with suppress(AttributeError):
            self.peer.transport.close()


@asynccontextmanager
async def delayed_line(port: int, round_trip: float) -> AsyncIterator[int]:
    """Yields the port whose connections reach `port` with that round trip, in seconds."""
    loop = asyncio.get_running_loop()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        near, far = Delayed(round_trip / 2), Delayed(round_trip / 2)
        far.transport, _ = await loop.create_connection(lambda: far, "127.0.0.1", port)
        near.transport, near.peer, far.peer = writer.transport, far, near
        writer.transport.set_protocol(near)
        if early := bytes(reader._buffer):  # type: ignore[attr-defined]
            near.data_received(early)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
