"""A push service that answers at once: `python -m bench.push_sink PORT FOLDER`, with TLS by the
certificate in the folder, as all of them.

What it answers stands in the address: /201/…, /410/…, /429/…; /hang/… is never answered.
"""

import asyncio
import re
import ssl
import sys
from pathlib import Path

from bench.certificate import FILE
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


async def serve(port: int, folder: Path) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(folder / FILE)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, HERE, port, ssl=tls, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
