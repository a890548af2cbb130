"""How much a request may send: little, except where files are brought."""

from collections.abc import Mapping

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class BodyLimits:
    """`larger`: what may come to these exact paths. Their routes know who asks before they read."""

    def __init__(self, app: ASGIApp, usual: int, larger: Mapping[str, int]) -> None:
        self._usual = RequestBodyLimitMiddleware(app, usual)
        self._larger = {
            path: RequestBodyLimitMiddleware(app, most) for path, most in larger.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = self._larger.get(scope.get("path", ""), self._usual)
        await limit(scope, receive, send)
