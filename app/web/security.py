"""The edges of every answer: forged requests are refused, and browsers are told to be strict."""

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.session import SAFE_METHODS

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LARGEST_HEAD = 32 * 1024
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def framing(request: Request, response: Response) -> Response:
    """For a page that shows another page of ours in a frame."""
    policy = POLICY.format(nonce=request.state.nonce) + "; frame-src 'self'"
    response.headers["Content-Security-Policy"] = policy
    return response


def is_forged(method: str, headers: Headers) -> bool:
    """Fetch Metadata, else Origin against Host. A client that sends neither is no browser."""
    if method in SAFE_METHODS:
        return False
    if site := headers.get("sec-fetch-site"):
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and not _is_at(origin, headers.get("host"))


def _is_at(origin: str, host: str | None) -> bool:
    """Never for what is no address at all."""
    try:
        return urlsplit(origin).netloc == host
    except ValueError:
        return False


class Security:
    """ASGI middleware: cross-site writes end here, and every answer carries the headers above."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self.app, self.secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                complete(MutableHeaders(scope=message), nonce, self.secure)
            await send(message)

        app: ASGIApp = self.app
        if is_forged(scope["method"], Headers(scope=scope)):
            app = PlainTextResponse("cross-site request refused", 403)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > LARGEST_HEAD:
            app = PlainTextResponse("request header fields too large", 431)
        await app(scope, receive, send_with_headers)


def complete(headers: MutableHeaders, nonce: str, secure: bool) -> None:
    for name, value in FIXED.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce))
    headers.setdefault("Cache-Control", "no-store")
    if secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
