"""What is written waits here until all of it has come, or for so long and no longer.

A transaction that writes keeps all other writers waiting. It must not begin while its own request
is still on a slow line, or in the hands of somebody who never means to end it.
"""

import asyncio
from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import N_, TooSlow
from app.web.problems import answer, answer_http
from app.web.session import SAFE_METHODS


class WholeBodies:
    """`apart`, and all `beneath`: paths whose routes take in what comes before any transaction."""

    def __init__(self, app: ASGIApp, apart: Collection[str], beneath: str) -> None:
        self.app, self.apart, self.beneath = app, apart, beneath

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._is_awaited(scope):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            async with asyncio.timeout(request.app.state.settings.reading_seconds):
                body = await _arrived(receive)
        except TimeoutError:
            slow = TooSlow(N_("送信が途中で止まりました。もう一度お試しください。"))
            await (await answer(request, slow))(scope, receive, send)
        except HTTPException as refused:
            await (await answer_http(request, refused))(scope, receive, send)
        else:
            if body is not None:
                await self.app(scope, _again(body, receive), send)

    def _is_awaited(self, scope: Scope) -> bool:
        path: str = scope["path"]
        takes_in = path in self.apart or path.startswith(self.beneath)
        return scope["method"] not in SAFE_METHODS and not takes_in


async def _arrived(receive: Receive) -> bytes | None:
    """All of the body; None when whoever sent it hung up. Raises HTTPException beyond its limit."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body in one piece, and then whatever else the connection says."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
