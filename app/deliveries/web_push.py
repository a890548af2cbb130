"""Handing one message to a push service: RFC 8030 (protocol), 8291 (encryption), 8292 (VAPID).

An answer says what the push service said, never that a phone has the message.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from types import TracebackType
from typing import Self

import aiohttp
from yarl import URL

from app.clock import Clock, system_clock
from app.deliveries.encryption import encrypted
from app.deliveries.endpoints import endpoint_allowed, push_origin
from app.deliveries.payload import declarative_payload
from app.deliveries.vapid import Authorization, generate_vapid_keys

__all__ = [
    "Outcome",
    "PushAnswer",
    "PushMessage",
    "PushTarget",
    "PushTransport",
    "declarative_payload",
    "generate_vapid_keys",
]

LONGEST_TTL = 28 * 24 * 3600
LARGEST_ANSWER = 64 * 1024


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    GONE = "gone"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    LATER = "later"


OUTCOMES = {
    **dict.fromkeys((200, 201, 202), Outcome.ACCEPTED),
    **dict.fromkeys((404, 410), Outcome.GONE),
    **dict.fromkeys((408, 425, 429), Outcome.LATER),
    413: Outcome.TOO_LARGE,
}


@dataclass(frozen=True, slots=True)
class PushTarget:
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class PushMessage:
    """`ttl` in seconds; a later message with the same `topic` replaces one not yet delivered.

    Raises ValueError for what RFC 8030 (5.2 to 5.4) doesn't allow.
    """

    body: bytes
    ttl: int
    urgency: str = "normal"
    topic: str | None = None

    def __post_init__(self) -> None:
        if not self.body or not 0 <= self.ttl <= LONGEST_TTL:
            raise ValueError("a push needs a body and a life of at most 28 days")
        if self.urgency not in ("very-low", "low", "normal", "high"):
            raise ValueError("unknown urgency")
        if self.topic is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", self.topic):
            raise ValueError("a topic is 1 to 32 characters of base64url")


@dataclass(frozen=True, slots=True)
class PushAnswer:
    """`status` is None if no answer came; `retry_after` in seconds, only when `later`."""

    outcome: Outcome
    status: int | None = None
    retry_after: int | None = None


class PushTransport:
    """Sends to any number of phones at once; use it with `async with`.

    `contact` is the mailto: or https: address that push services may write to about us.
    Raises ValueError at once if it isn't one, or the key is no PEM.
    """

    def __init__(
        self,
        private_pem: str,
        contact: str,
        allowed_origins: Sequence[str] = (),
        *,
        per_host: int = 300,
        timeout_seconds: float = 10,
        clock: Clock = system_clock,
    ) -> None:
        self._authorization = Authorization(private_pem, contact, clock)
        self._allowed_origins = tuple(allowed_origins)
        self._slots = defaultdict[str, asyncio.Semaphore](lambda: asyncio.Semaphore(per_host))
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._clock = clock

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=self._timeout,
            auto_decompress=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def send(self, target: PushTarget, message: PushMessage) -> PushAnswer:
        """Never raises for anything a phone or a push service does."""
        if not endpoint_allowed(target.endpoint, self._allowed_origins):
            return PushAnswer(Outcome.REFUSED)
        origin = push_origin(target.endpoint)
        async with self._slots[origin]:
            try:
                body = encrypted(target.p256dh, target.auth, message.body)
            except ValueError:
                return PushAnswer(Outcome.GONE)
            headers = _headers(message, self._authorization.header(origin))
            try:
                return await self._post(target.endpoint, headers, body)
            except (aiohttp.ClientError, OSError):
                return PushAnswer(Outcome.LATER)

    async def _post(self, endpoint: str, headers: dict[str, str], body: bytes) -> PushAnswer:
        address = URL(endpoint, encoded=True)
        async with self._session.post(
            address, headers=headers, data=body, allow_redirects=False
        ) as response:
            answer = _answer(response.status, response.headers.get("Retry-After"), self._clock())
            # An answer read to its end lets the connection serve the next phone.
            if (response.content_length or LARGEST_ANSWER) < LARGEST_ANSWER:
                await response.read()
            return answer


def _headers(message: PushMessage, authorization: str) -> dict[str, str]:
    headers = {
        "Authorization": authorization,
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.ttl),
        "Urgency": message.urgency,
    }
    return headers if message.topic is None else {**headers, "Topic": message.topic}


def _answer(status: int, retry_after: str | None, now: datetime) -> PushAnswer:
    outcome = OUTCOMES.get(status) or (Outcome.REFUSED if 300 <= status < 500 else Outcome.LATER)
    wait = _seconds(retry_after, now) if outcome is Outcome.LATER else None
    return PushAnswer(outcome, status, wait)


def _seconds(retry_after: str | None, now: datetime) -> int | None:
    """RFC 9110, 10.2.3: seconds or a date. None for anything else."""
    if retry_after is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", retry_after):
        return int(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0, int((at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()))
