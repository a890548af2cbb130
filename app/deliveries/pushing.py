"""From an outbox item to a push, and from the push service's answer to a recorded fact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from app.badges.models import Device
from app.deliveries.carriers import Held, pause
from app.deliveries.circuit import TOO_MANY, TRY_AGAIN, circuit_of, note_refusal, note_success
from app.deliveries.endpoints import push_origin
from app.deliveries.messages import add_evidence, evidence_of, fall_back_if_unreachable
from app.deliveries.models import Message, OutboxItem, Subscription
from app.deliveries.payload import declarative_payload
from app.deliveries.pulse import bump
from app.deliveries.vapid_keys import key_for, private_key_of
from app.deliveries.web_push import Outcome, PushAnswer, PushMessage, PushTarget, PushTransport
from app.sealing.custody import MasterKey
from app.settings import Settings

SHORTEST_TTL = 60
LONGEST_TTL = 28 * 24 * 3600
OUR_OWN_FAULT = frozenset({400, 401, 403})
PROBE = timedelta(seconds=15)


@dataclass(frozen=True)
class PreparedPush:
    """Everything needed to send, so that no transaction is open while we wait for an answer.

    `smaller` goes where the first was too large."""

    key: tuple[UUID, UUID]
    private_key: str
    target: PushTarget
    message: PushMessage
    smaller: PushMessage


class Pusher:
    """One transport per VAPID key, since each signs its own headers."""

    most = 200

    def __init__(self, settings: Settings, master: MasterKey) -> None:
        self.settings, self.master = settings, master
        self._transports: dict[tuple[UUID, UUID], PushTransport] = {}
        self._probes: dict[tuple[UUID, str], datetime] = {}

    def prepare(
        self, session: Session, item: OutboxItem, now: datetime
    ) -> PreparedPush | Held | None:
        """None when there is nothing to send any more: cancelled, expired, unsubscribed, or it is
        proven that this phone has it."""
        message, subscription = self._rows(session, item)
        if message.cancelled_at or subscription.ended_at or message.expires_at <= now:
            return None
        if _has_it(session, message, subscription):
            return None
        if until := self._held_until(session, subscription, now):
            return Held(until)
        language = _language(session, subscription)
        key = key_for(session, subscription)
        text = message.texts.get(language) or message.texts["ja"]
        return PreparedPush(
            (key.network_id, key.id),
            private_key_of(key, self.master),
            PushTarget(subscription.endpoint, subscription.p256dh, subscription.auth),
            self._message(message, text, language, now),
            self._message(message, {**text, "body": ""}, language, now),
        )

    def _rows(self, session: Session, item: OutboxItem) -> tuple[Message, Subscription]:
        ids = (UUID(item.payload["message_id"]), UUID(item.payload["subscription_id"]))
        return (
            session.get_one(Message, (item.network_id, ids[0])),
            session.get_one(Subscription, (item.network_id, ids[1])),
        )

    def _held_until(
        self, session: Session, subscription: Subscription, now: datetime
    ) -> datetime | None:
        """Where a push service refuses us, one push at a time tries again."""
        place = (subscription.network_id, push_origin(subscription.endpoint))
        circuit = circuit_of(session, *place)
        if circuit is None or circuit.retry_at is None:
            return None
        waits = max(circuit.retry_at, self._probes.get(place, now))
        if waits <= now:
            self._probes[place] = now + PROBE
        return waits if waits > now else None

    def _message(
        self, message: Message, text: Mapping[str, str], language: str, now: datetime
    ) -> PushMessage:
        base = self.settings.base_url
        body = declarative_payload(
            title=text["title"],
            body=text["body"],
            navigate=f"{base}{message.path}",
            tag=str(message.id),
            receipt=f"{base}/api/messages/{message.id}/receipts" if message.device_ids else "",
            lang="en" if language == "en" else "ja",
        )
        seconds = int((message.expires_at - now).total_seconds())
        ttl = min(max(seconds, SHORTEST_TTL), LONGEST_TTL)
        urgency = "high" if message.urgent else "normal"
        return PushMessage(body, ttl, urgency, message.id.hex)

    async def send(self, push: PreparedPush) -> PushAnswer:
        transport = self._transports.get(push.key)
        if transport is None:
            transport = PushTransport(
                push.private_key, self.settings.vapid_contact, self.settings.push_origins
            )
            self._transports[push.key] = await transport.__aenter__()
        answer = await transport.send(push.target, push.message)
        if answer.outcome is Outcome.TOO_LARGE:
            return await transport.send(push.target, push.smaller)
        return answer

    def record(
        self, session: Session, item: OutboxItem, answer: PushAnswer, now: datetime
    ) -> datetime | None:
        """2xx is evidence of acceptance, no more."""
        message, subscription = self._rows(session, item)
        if answer.outcome is Outcome.LATER:
            return now + pause(item.attempts, answer.retry_after)
        if answer.status in OUR_OWN_FAULT:
            return _refused(session, item, message, subscription, answer.status, now)
        if answer.outcome is Outcome.ACCEPTED:
            note_success(session, item.network_id, push_origin(subscription.endpoint))
            if phone := subscription.device_id:
                add_evidence(session, item.network_id, message.id, phone, "accepted", now)
            bump(session, item.network_id)
        elif answer.outcome is Outcome.GONE or answer.status is None:
            _end(session, message, subscription, answer.outcome, now)
        return None

    async def close(self) -> None:
        for transport in self._transports.values():
            await transport.__aexit__(None, None, None)
        self._transports.clear()


def _refused(
    session: Session,
    item: OutboxItem,
    message: Message,
    subscription: Subscription,
    status: int,
    now: datetime,
) -> datetime | None:
    """When everybody is refused the push waits for us to mend it. A single phone that is refused
    again and again has a subscription that nobody can use; it makes a new one when opened."""
    origin = push_origin(subscription.endpoint)
    if note_refusal(session, subscription, origin, status, now) or item.attempts < TOO_MANY:
        return now + TRY_AGAIN
    _end(session, message, subscription, "refused", now)
    return None


def _end(
    session: Session, message: Message, subscription: Subscription, reason: str, now: datetime
) -> None:
    """Where it was the last one, the fallback starts now."""
    subscription.ended_at, subscription.end_reason = now, reason
    fall_back_if_unreachable(session, message, now)
    bump(session, message.network_id)


def _has_it(session: Session, message: Message, subscription: Subscription) -> bool:
    if subscription.device_id is None:
        return False
    phone = (message.network_id, message.id, subscription.device_id)
    return any(evidence_of(session, *phone, kind) for kind in ("delivered", "opened"))


def _language(session: Session, subscription: Subscription) -> str:
    """What the phone is read in; people who sign in read Japanese."""
    if subscription.device_id is None:
        return "ja"
    return session.get_one(Device, (subscription.network_id, subscription.device_id)).language
