"""The limit of live screens: an ASGI app that does nothing but write the same bytes to everybody.

GET holds the connection open; POST writes to all of them, and answers when it began.
"""

import asyncio
import time
from typing import Any

HEAD = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
RETRY, EVENT = b"retry: 2000\n\n", b"event: pulse\ndata: 1\n\n"


class RawStreams:
    def __init__(self) -> None:
        self.sends: list[Any] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("neither lifespan nor sockets")
        hold = self.tell if scope["method"] == "POST" else self.hold
        await hold(receive, send)

    async def hold(self, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEAD})
        await send({"type": "http.response.body", "body": RETRY, "more_body": True})
        self.sends.append(send)
        while (await receive())["type"] != "http.disconnect":
            await asyncio.sleep(0)
        self.sends.remove(send)

    async def tell(self, receive: Any, send: Any) -> None:
        began = time.monotonic()
        event = {"type": "http.response.body", "body": EVENT, "more_body": True}
        for one in self.sends:
            await one(event)
        body = b'{"at":%.6f}' % began
        head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": body})
