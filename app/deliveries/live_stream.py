"""One browser's live screen: an answer that stays open. A thousand of them cost little."""

import asyncio
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

RETRY, ALIVE = b"retry: 2000\n\n", b": \n\n"


class Screens(Protocol):
    """Where streams of a network are told what happens."""

    def join(self, network_id: UUID, stream: "LiveStream") -> None: ...
    def leave(self, network_id: UUID, stream: "LiveStream") -> None: ...


class LiveStream(Response):
    """While nothing happens its one task waits for the browser to leave; whoever tells it something
    writes. A slow reader only ever misses events, never the newest one."""

    media_type = "text/event-stream"

    def __init__(self, screens: Screens, network_id: UUID, is_over: Callable[[], bool]) -> None:
        self.screens, self.network_id, self.is_over = screens, network_id, is_over
        self.status_code, self.background = 200, None
        self.init_headers({"Cache-Control": "no-store"})
        self._newest: bytes | None = None
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._send = send
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        await self._write(RETRY)
        self.screens.join(self.network_id, self)
        try:
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            self.screens.leave(self.network_id, self)
            if self._writing:
                self._writing.cancel()

    def tell(self, event: bytes) -> None:
        self._newest = event
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_newest())

    def show_life(self) -> None:
        if self._newest is None:
            self.tell(ALIVE)

    async def _write_newest(self) -> None:
        while event := self._newest:
            self._newest = None
            await self._write(event)
        self._writing = None
        if self.is_over():
            self.screens.leave(self.network_id, self)
            await self._write(b"", more=False)

    async def _write(self, body: bytes, *, more: bool = True) -> None:
        await self._send({"type": "http.response.body", "body": body, "more_body": more})
