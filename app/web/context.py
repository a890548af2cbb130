"""Language and log context of one request, and one log line for each."""

import time

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.ids import new_id
from app.web.language import active, chosen

log = structlog.get_logger()


class RequestContext:
    """ASGI middleware. Paths hold secret codes, so the route's pattern is logged instead."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        active.set(chosen(Request(scope)))
        structlog.contextvars.bind_contextvars(request=new_id().hex[-12:])
        began, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note_status)
        finally:
            milliseconds = round((time.perf_counter() - began) * 1000)
            route = getattr(scope.get("route"), "path", "")
            log.info(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                milliseconds=milliseconds,
            )
            structlog.contextvars.clear_contextvars()
