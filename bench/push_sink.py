"""A push service that answers at once: `python -m bench.push_sink PORT`.

What it answers stands in the address: /201/…, /410/…, /429/…; /hang/… is never answered.
"""

import asyncio
import re
import sys

from bench.servers import HERE

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ANSWER = b"HTTP/1.1 %s -\r\nContent-Length: 0\r\n%s\r\n"
WAIT = b"Retry-After: 30\r\n"


class Sink(asyncio.Protocol):
    """Requests on one connection, one after the other."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.read = transport, b""

    def data_received(self, data: bytes) -> None:
        self.read += data
        while (end := self.read.find(b"\r\n\r\n")) >= 0:
            head = self.read[:end]
            length = LENGTH.search(head)
            whole = end + 4 + int(length[1] if length else 0)
            if len(self.read) < whole:
                return
            self.read = self.read[whole:]
            self._answer(head.split(b"/", 2)[1])

    def _answer(self, status: bytes) -> None:
        if status != b"hang":
            self.transport.write(ANSWER % (status, WAIT if status == b"429" else b""))


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, HERE, port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
