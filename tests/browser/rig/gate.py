"""The proxy that a browser under test is given: it lets nothing out and notes what tried."""

import asyncio


class Gate:
    def __init__(self) -> None:
        self.attempts: list[str] = []

    async def open(self) -> int:
        """Returns the port."""
        self._server = await asyncio.start_server(self._refuse, "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readline()
        if request:
            self.attempts.append(request.decode(errors="replace").strip())
        writer.close()
