"""A push service on loopback that is as strict as the real ones: RFC 8030, 8291 and 8292.

    with PushService() as service:
        Firefox(push_socket=service.socket_url)

Browsers connect to `socket_url`, senders post to the endpoints; a test without a browser
takes its endpoint from `subscribe`.
"""

import asyncio
import re
import time
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.browser.rig.autopush import Autopush, Channel
from tests.browser.rig.loop_thread import LoopThread
from tests.browser.rig.vapid import Rejected, verified_claims

URGENCIES = ("very-low", "low", "normal", "high")
LARGEST_BODY = 4096
SMALLEST_BODY = 16 + 4 + 1 + 65 + 17


@dataclass(frozen=True)
class Post:
    """One message as a sender posted it, and what we answered."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int
    reason: str = ""


@dataclass(frozen=True)
class Fault:
    status: int
    headers: dict[str, str] = field(default_factory=dict)


class PushService:
    def __init__(self) -> None:
        self.log: list[Post] = []
        self._autopush = Autopush()
        self._faults = deque[Fault]()
        self._late = deque[float]()

    def __enter__(self) -> Self:
        self._thread = LoopThread().__enter__()
        self._thread.call(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.drop()
        self._thread.call(self._runner.cleanup())
        self._thread.__exit__(kind, error, trace)

    @property
    def origin(self) -> str:
        return self._autopush.origin

    @property
    def socket_url(self) -> str:
        return self.origin.replace("http:", "ws:") + "/"

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Everything that browsers said on their sockets."""
        return self._autopush.frames

    def fail_next(
        self, status: int, times: int = 1, headers: Mapping[str, str] | None = None
    ) -> None:
        """The next posts are answered so, whatever they hold, and go to nobody."""
        self._faults.extend([Fault(status, dict(headers or {}))] * times)

    def answer_late(self, seconds: float, times: int = 1) -> None:
        """The next posts are taken and delivered, but their answer comes late."""
        self._late.extend([seconds] * times)

    def offline(self, offline: bool) -> None:
        """Whether all phones are switched off: messages wait as long as their TTL allows."""
        self._thread.call(self._autopush.set_offline(offline))

    def pass_time(self, seconds: float) -> None:
        """For the messages that wait here this long has gone by."""
        self._autopush.pass_time(seconds)

    def forget(self) -> None:
        """All subscriptions end, and no phone is told."""
        self._autopush.channels.clear()

    def drop(self, new_uaid: bool = False) -> None:
        """Cut every phone's line; with `new_uaid` their subscriptions end (they are told)."""
        self._thread.call(self._autopush.cut(new_uaid))

    def subscribe(self, key: bytes | None = None) -> str:
        """An endpoint whose phone never comes, bound to the sender's public `key`."""
        return self._autopush.subscribe(uuid.uuid4().hex, uuid.uuid4().hex, key)

    def knows(self, endpoint: str) -> bool:
        """Whether the subscription still stands."""
        return endpoint.rpartition("/")[2] in self._autopush.channels

    async def _start(self) -> None:
        app = web.Application()
        app.router.add_get("/", self._autopush.connect)
        app.router.add_post("/wpush/v1/{token}", self._post)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._autopush.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _post(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            answer = await self._taken(request, body)
            reason = ""
        except Rejected as error:
            answer = web.json_response({"message": str(error)}, status=error.status)
            reason = str(error)
        post = Post(request.raw_path, dict(request.headers), body, answer.status, reason)
        self.log.append(post)
        await asyncio.sleep(self._late.popleft() if self._late else 0)
        return answer

    async def _taken(self, request: web.Request, body: bytes) -> web.Response:
        if self._faults:
            fault = self._faults.popleft()
            return web.Response(status=fault.status, headers=fault.headers)
        channel = self._autopush.channels.get(request.match_info["token"])
        if channel is None:
            raise Rejected(410, "no such subscription")
        headers = request.headers
        verified_claims(headers.get("Authorization"), self.origin, channel.key, time.time())
        _check_headers(headers)
        _check_body(headers, body)
        return await self._accepted(channel, headers, body)

    async def _accepted(
        self, channel: Channel, headers: Mapping[str, str], body: bytes
    ) -> web.Response:
        ttl, topic = headers["TTL"], headers.get("Topic")
        message = await self._autopush.accept(channel, topic, body, int(ttl))
        location = f"{self.origin}/m/{message}"
        return web.Response(status=201, headers={"Location": location, "TTL": ttl})


def _check_headers(headers: Mapping[str, str]) -> None:
    if not re.fullmatch(r"[0-9]+", headers.get("TTL", "")):
        raise Rejected(400, "no TTL")
    if headers.get("Urgency", "normal") not in URGENCIES:
        raise Rejected(400, "unknown Urgency")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("Topic", "none")):
        raise Rejected(400, "no such Topic")


def _check_body(headers: Mapping[str, str], body: bytes) -> None:
    if len(body) > LARGEST_BODY:
        raise Rejected(413, "more than 4,096 bytes")
    if body and headers.get("Content-Encoding") != "aes128gcm":
        raise Rejected(400, "Content-Encoding is not aes128gcm")
    if body and (len(body) < SMALLEST_BODY or body[20] != 65):
        raise Rejected(400, "not a body of RFC 8188 with a key of RFC 8291")
