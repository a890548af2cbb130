"""Phones whose browser has a push subscription, and the push service that they have it with."""

import json
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.deliveries.models import Evidence, Message, Subscription
from tests.browser.rig.phone import Phone as Keys
from tests.browser.rig.push_service import PushService
from tests.browser.rig.vapid import decoded
from tests.cast import Cast, Desk, Phone


class PushedPhone:
    """A paired phone that agreed to notifications."""

    def __init__(self, cast: Cast, service: PushService, phone: Phone | None = None) -> None:
        self.cast, self.service = cast, service
        self.phone, self.keys = phone or cast.phone(), Keys()
        self._opened: dict[bytes, dict[str, Any]] = {}
        self.phone.pair()
        key = self.phone.client.get("/api/push-key").json()["key"]
        self.endpoint = service.subscribe(decoded(key))
        answer = self.subscribe()
        assert answer.status_code == 204, answer.text

    def subscribe(self, **changes: Any) -> Any:
        keys = {"p256dh": self.keys.p256dh, "auth": self.keys.auth}
        whole = {"endpoint": self.endpoint, "expirationTime": None, "keys": keys} | changes
        return self.phone.client.put("/api/subscription", json=whole)

    def report(self) -> UUID:
        envelope = self.phone.envelope()
        assert self.phone.put(envelope).status_code == 201
        return UUID(envelope["report_id"])

    def receipt(self, message_id: UUID, **body: Any) -> Any:
        return self.phone.client.post(
            f"/api/messages/{message_id}/receipts", json=body or {"kind": "delivered"}
        )

    def notifications(self) -> list[dict[str, Any]]:
        """What the push service would have shown on this phone, in order."""
        path = self.endpoint.removeprefix(self.service.origin)
        posts = [one for one in self.service.log if one.path == path and one.status == 201]
        return [self._read(one.body) for one in posts]

    def _read(self, body: bytes) -> dict[str, Any]:
        """Once: decrypting takes time."""
        if body not in self._opened:
            self._opened[body] = json.loads(self.keys.opened(body))["notification"]
        return self._opened[body]


def instruct(cast: Cast, desk: Desk, report_id: UUID, template: str = "R05") -> UUID:
    """An instruction whose ten seconds are over; the worker hasn't worked yet."""
    instruction_id = desk.instruct(report_id, template)
    cast.clock.advance(seconds=10)
    return instruction_id


def evidence(cast: Cast) -> list[str]:
    with cast.app.state.database.reading() as session:
        proofs = select(Evidence.kind).where(Evidence.kind != "unreachable")
        return list(session.exec(proofs))


def subscriptions(cast: Cast) -> list[Subscription]:
    with cast.app.state.database.reading() as session:
        return list(session.exec(select(Subscription)))


def messages(cast: Cast) -> list[Message]:
    with cast.app.state.database.reading() as session:
        return list(session.exec(select(Message)))
