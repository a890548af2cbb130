"""From an outbox item to a push, and from the push service's answer to a recorded fact."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Device
from app.deliveries.messages import add_evidence, evidence_of, fall_back_if_unreachable
from app.deliveries.models import Message, OutboxItem, Subscription
from app.deliveries.payload import declarative_payload
from app.deliveries.pulse import bump
from app.deliveries.vapid_keys import current_vapid_key, private_key_of
from app.deliveries.web_push import Outcome, PushAnswer, PushMessage, PushTarget, PushTransport
from app.sealing.custody import MasterKey
from app.settings import Settings

SHORTEST_TTL = 60
LONGEST_TTL = 28 * 24 * 3600


@dataclass(frozen=True)
class PreparedPush:
    """Everything needed to send, so that no transaction is open while we wait for an answer."""

    network_id: UUID
    private_key: str
    target: PushTarget
    message: PushMessage


class Pusher:
    """One transport per network, since each has its own VAPID key."""

    def __init__(self, settings: Settings, master: MasterKey) -> None:
        self.settings, self.master = settings, master
        self._transports: dict[UUID, PushTransport] = {}

    def prepare(self, session: Session, item: OutboxItem, now: datetime) -> PreparedPush | None:
        """None when there is nothing to send any more: cancelled, expired, unsubscribed, or it is
        proven that this phone has it."""
        message, subscription = self._rows(session, item)
        if message.cancelled_at or subscription.ended_at or message.expires_at <= now:
            return None
        if _has_it(session, message, subscription):
            return None
        device = session.get_one(Device, (item.network_id, subscription.device_id))
        key = current_vapid_key(session, item.network_id)
        return PreparedPush(
            item.network_id,
            private_key_of(key, self.master),
            PushTarget(subscription.endpoint, subscription.p256dh, subscription.auth),
            self._message(message, device.language, now),
        )

    def _rows(self, session: Session, item: OutboxItem) -> tuple[Message, Subscription]:
        ids = (UUID(item.payload["message_id"]), UUID(item.payload["subscription_id"]))
        return (
            session.get_one(Message, (item.network_id, ids[0])),
            session.get_one(Subscription, (item.network_id, ids[1])),
        )

    def _message(self, message: Message, language: str, now: datetime) -> PushMessage:
        text = message.texts.get(language) or message.texts["ja"]
        base = self.settings.base_url
        body = declarative_payload(
            title=text["title"],
            body=text["body"],
            navigate=f"{base}{message.path}",
            tag=str(message.id),
            receipt=f"{base}/api/messages/{message.id}/receipts",
            lang="en" if language == "en" else "ja",
        )
        seconds = int((message.expires_at - now).total_seconds())
        ttl = min(max(seconds, SHORTEST_TTL), LONGEST_TTL)
        urgency = "high" if message.urgent else "normal"
        return PushMessage(body, ttl, urgency, message.id.hex)

    async def send(self, push: PreparedPush) -> PushAnswer:
        transport = self._transports.get(push.network_id)
        if transport is None:
            transport = PushTransport(
                push.private_key, self.settings.vapid_contact, self.settings.push_origins
            )
            self._transports[push.network_id] = await transport.__aenter__()
        return await transport.send(push.target, push.message)

    def record(self, session: Session, item: OutboxItem, outcome: str, now: datetime) -> None:
        """2xx is evidence of acceptance, no more; gone ends the subscription."""
        message, subscription = self._rows(session, item)
        if outcome == Outcome.ACCEPTED:
            add_evidence(
                session, item.network_id, message.id, subscription.device_id, "accepted", now
            )
            bump(session, item.network_id)
        elif outcome == Outcome.GONE:
            subscription.ended_at, subscription.end_reason = now, "gone"
            fall_back_if_unreachable(session, message, now)
            bump(session, item.network_id)

    async def close(self) -> None:
        for transport in self._transports.values():
            await transport.__aexit__(None, None, None)
        self._transports.clear()


def _has_it(session: Session, message: Message, subscription: Subscription) -> bool:
    phone = (message.network_id, message.id, subscription.device_id)
    return any(evidence_of(session, *phone, kind) for kind in ("delivered", "opened"))
