"""The side of a push service that browsers see: subscriptions, sockets and waiting messages.

Speaks what Firefox speaks with Mozilla's autopush. Kept from what real browsers taught:
a known `uaid` must be echoed or every subscription is dropped; after a clean close Firefox doesn't
come back by itself, after a cut line it does.
"""

import json
import secrets
import time
import uuid
from typing import Any

from aiohttp import web

from tests.browser.rig.channels import Channel, Waiting
from tests.browser.rig.vapid import decoded


class Autopush:
    def __init__(self) -> None:
        self.origin = ""
        self.offline = False
        self.channels: dict[str, Channel] = {}
        self.frames: list[dict[str, Any]] = []
        self._sockets: dict[str, tuple[web.Request, web.WebSocketResponse]] = {}
        self._queues: dict[str, list[Waiting]] = {}
        self._forget_uaid = False
        self._ahead = 0.0

    def pass_time(self, seconds: float) -> None:
        self._ahead += seconds

    def subscribe(self, uaid: str, channel_id: str, key: bytes | None) -> str:
        token = secrets.token_urlsafe(24)
        self.channels[token] = Channel(channel_id, uaid, key)
        return f"{self.origin}/wpush/v1/{token}"

    async def accept(self, channel: Channel, topic: str | None, body: bytes, ttl: int) -> str:
        """Takes a message; RFC 8030: 5.2 a TTL of 0 is now or never, 5.4 a topic replaces."""
        message = Waiting(uuid.uuid4().hex, channel, topic, body, self._now() + ttl)
        queue = self._queues.setdefault(channel.uaid, [])
        if topic is not None:
            queue[:] = [m for m in queue if m.sent or (m.channel, m.topic) != (channel, topic)]
        if ttl > 0 or (channel.uaid in self._sockets and not self.offline):
            queue.append(message)
        await self._flush(channel.uaid)
        return message.id

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=["push-notification"], compress=False)
        await socket.prepare(request)
        uaid = ""
        try:
            async for received in socket:
                frame = json.loads(received.data)
                self.frames.append(frame)
                if frame.get("messageType") == "hello":
                    uaid = await self._hello(request, socket, frame)
                else:
                    await self._answer(socket, uaid, frame)
        finally:
            if self._sockets.get(uaid, (None,))[0] is request:
                del self._sockets[uaid]
        return socket

    async def set_offline(self, offline: bool) -> None:
        self.offline = offline
        for uaid in list(self._sockets):
            await self._flush(uaid)

    async def cut(self, new_uaid: bool) -> None:
        """Cut every line; with `new_uaid` browsers then learn that their subscriptions ended."""
        if new_uaid:
            self._forget_uaid = True
            self.channels.clear()
        for request, _ in self._sockets.values():
            if request.transport is not None:
                request.transport.abort()
        self._sockets.clear()

    def _now(self) -> float:
        return time.time() + self._ahead

    async def _hello(
        self, request: web.Request, socket: web.WebSocketResponse, frame: dict[str, Any]
    ) -> str:
        known = "" if self._forget_uaid else frame.get("uaid")
        uaid = known or uuid.uuid4().hex
        self._forget_uaid = False
        self._sockets[uaid] = (request, socket)
        for message in self._queues.get(uaid, []):
            message.sent = False
        hello = {"messageType": "hello", "status": 200, "uaid": uaid, "use_webpush": True}
        await socket.send_json({**hello, "broadcasts": {}})
        await self._flush(uaid)
        return uaid

    async def _answer(
        self, socket: web.WebSocketResponse, uaid: str, frame: dict[str, Any]
    ) -> None:
        match frame.get("messageType"):
            case "register":
                key = decoded(frame["key"]) if frame.get("key") else None
                endpoint = self.subscribe(uaid, frame["channelID"], key)
                await socket.send_json({**frame, "status": 200, "pushEndpoint": endpoint})
            case "unregister":
                gone = [t for t, c in self.channels.items() if c.id == frame["channelID"]]
                for token in gone:
                    del self.channels[token]
                await socket.send_json({**frame, "status": 200})
            case "ack":
                done = {update["version"] for update in frame["updates"]}
                self._queues[uaid] = [m for m in self._queues[uaid] if m.id not in done]
            case "broadcast_subscribe":
                await socket.send_json({"messageType": "broadcast", "broadcasts": {}})
            case None | "ping":
                await socket.send_str("{}")

    async def _flush(self, uaid: str) -> None:
        if self.offline or uaid not in self._sockets:
            return
        _, socket = self._sockets[uaid]
        now = self._now()
        queue = [m for m in self._queues.get(uaid, []) if m.sent or m.expires >= now]
        self._queues[uaid] = queue
        for message in [m for m in queue if not m.sent]:
            message.sent = True
            await socket.send_json(message.frame())
