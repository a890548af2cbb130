"""What lies between phones and server: an HTTP proxy that can do everything wrong.

A fault is an async function of one Exchange. It is asked for by `proxy.fault`; without one the
exchange goes through. What the server really answered is kept in `proxy.receipts`.
"""

import asyncio
import base64
import json
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

REASONS = {200: "OK", 302: "Found", 401: "Unauthorized", 429: "Too Many Requests"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def bytes(self) -> bytes:
        headers = self.headers | {"content-length": str(len(self.body)), "connection": "close"}
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Status')}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass
class Exchange:
    """One request of a phone, and the means to pass it on and to answer."""

    proxy: "Proxy"
    head: bytes
    body: bytes
    writer: asyncio.StreamWriter
    came: float = field(default_factory=time.time)

    @property
    def at(self) -> float:
        """When it left, as a phone of the harness says; a browser's counts from when it came."""
        said = re.search(rb"\r\nsent-at: ([\d.]+)", self.head, re.IGNORECASE)
        return float(said[1]) / 1000 if said else self.came

    @property
    def method(self) -> str:
        return self.head.split(b" ", 1)[0].decode()

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode()

    @property
    def carries_reports(self) -> bool:
        return self.path.startswith("/api/reports")

    @property
    def report_ids(self) -> list[str]:
        if not self.carries_reports:
            return []
        if self.method == "PUT":
            return [self.path.rsplit("/", 1)[1]]
        coded = json.loads(self.body)["envelopes"]
        return [json.loads(decoded(one))["report_id"] for one in coded]

    async def forward(self, body: bytes | None = None, cut_after: int | None = None) -> Answer:
        """The server's answer. Raises OSError if it has none."""
        sent = self.body if body is None else body
        return await self.proxy.ask(self.head, sent, cut_after)

    async def answer(self, answer: Answer, cut_after: int | None = None) -> None:
        self.writer.write(answer.bytes[:cut_after])
        await self.writer.drain()

    async def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await self.answer(Answer(status, {"content-type": "text/html"} | named, body))

    async def passed(self) -> None:
        await self.answer(await self.forward())


Fault = Callable[[Exchange], Awaitable[None]]


class Proxy:
    def __init__(self) -> None:
        self.upstream = 0
        self.fault: Fault | None = None
        self.receipts: list[dict[str, Any]] = []
        self.requests: list[tuple[float, list[str]]] = []
        self.running: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=4096)
        self.port = int(self._listener.sockets[0].getsockname()[1])

    async def close(self) -> None:
        self._listener.close()
        self._end_all()

    def _end_all(self) -> None:
        for task in list(self.running):
            task.cancel()

    def begin(self) -> None:
        """A new run: nothing is wrong, nothing was noted, and nothing of the last one goes on."""
        self._end_all()
        self.fault = None
        self.receipts.clear()
        self.requests.clear()

    async def ask(self, head: bytes, body: bytes, cut_after: int | None = None) -> Answer:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            whole = with_length(head, len(body)) + body
            writer.write(whole if cut_after is None else whole[: len(whole) - cut_after])
            await writer.drain()
            if cut_after is not None:
                raise ConnectionError("cut")
            answer = await read_answer(reader)
        finally:
            writer.close()
        self._note(head, answer)
        return answer

    def _note(self, head: bytes, answer: Answer) -> None:
        if b" /api/reports" not in head or answer.status not in (200, 201):
            return
        said = json.loads(answer.body)
        results = said.get("results", [{"status": answer.status, "receipt": said}])
        self.receipts += [one["receipt"] for one in results if one["status"] in (200, 201)]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.running.add(task)
        try:
            head, body = await read_message(reader)
            exchange = Exchange(self, without_reuse(head), body, writer)
            self.requests.append((exchange.at, exchange.report_ids))
            await (self.fault or Exchange.passed)(exchange)
        except (OSError, asyncio.IncompleteReadError, IndexError, asyncio.CancelledError):
            pass
        finally:
            self.running.discard(task)
            with suppress(OSError):
                writer.close()


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def read_message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if name.lower() == b"transfer-encoding":
            return head, await read_chunks(reader)
    return head, await reader.readexactly(length)


async def read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    head, body = await read_message(reader)
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    headers.pop("transfer-encoding", None)
    return Answer(int(first.split()[1]), headers, body)


def without_reuse(head: bytes) -> bytes:
    """One request per connection, uncompressed."""
    lines = head.strip().split(b"\r\n")
    left_out = (b"connection", b"accept-encoding", b"transfer-encoding", b"content-length")
    kept = [line for line in lines if line.split(b":")[0].lower() not in left_out]
    return b"\r\n".join([*kept, b"connection: close"])


def with_length(head: bytes, length: int) -> bytes:
    return head + b"\r\ncontent-length: %d\r\n\r\n" % length
