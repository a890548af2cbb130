"""From outbox items to pushes, and from the push services' answers to recorded facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from app.deliveries.carriers import Held, Sent, pause
from app.deliveries.circuit import TOO_MANY, TRY_AGAIN, note_refusal, note_success, open_circuits
from app.deliveries.endpoints import push_origin
from app.deliveries.evidence import note_accepted
from app.deliveries.messages import fall_back_if_unreachable
from app.deliveries.models import Message, Subscription
from app.deliveries.notifications import Notifications
from app.deliveries.outbox import Item
from app.deliveries.pulse import bump
from app.deliveries.pushes import Push, ids_in, pushes_of
from app.deliveries.vapid_keys import key_of, private_key_of
from app.deliveries.web_push import Outcome, PushAnswer, PushMessage, PushTarget, PushTransport
from app.sealing.custody import MasterKey
from app.settings import Settings

OUR_OWN_FAULT = frozenset({400, 401, 403})
PROBE = timedelta(seconds=15)
Place = tuple[UUID, str]
"""A network at a push service."""
KeyName = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class PreparedPush:
    """Everything needed to send, so that no transaction is open while we wait for an answer.

    `phone` is None for somebody who signs in. `smaller` goes where the first was too large."""

    key: KeyName
    phone: UUID | None
    target: PushTarget
    message: PushMessage
    smaller: PushMessage


def _receipts(push: Push) -> str:
    """Of those who sign in only a trial asks for one: nothing is claimed of what else they get."""
    if push.address.device_id:
        return "/api/messages"
    return "/api/trial" if push.message.is_trial else ""


class Pusher:
    """One transport per VAPID key, since each signs its own headers."""

    def __init__(self, settings: Settings, master: MasterKey) -> None:
        self.settings, self.master = settings, master
        self._private: dict[KeyName, str] = {}
        self._transports: dict[KeyName, PushTransport] = {}
        self._probes: dict[Place, datetime] = {}

    def prepare(
        self, session: Session, items: Sequence[Item], now: datetime
    ) -> Mapping[UUID, PreparedPush | Held]:
        """Nothing is sent any more once it is cancelled, expired, unsubscribed, or proven that this
        phone has it."""
        pushes = [push for push in pushes_of(session, items) if _is_wanted(push, now)]
        waits = _waiting_places(session, pushes)
        notifications = Notifications(self.settings.base_url, now)
        prepared: dict[UUID, PreparedPush | Held] = {}
        for push in pushes:
            until = self._held_until(waits, push, now)
            prepared[push.item.id] = (
                Held(until) if until else self._prepared(session, push, notifications)
            )
        return prepared

    def _prepared(self, session: Session, push: Push, notifications: Notifications) -> PreparedPush:
        address, language = push.address, push.address.language or "ja"
        whole, smaller = notifications.of(push.message, language, receipts=_receipts(push))
        return PreparedPush(
            self._key_for(session, push.item.network_id, address.vapid_key_id),
            address.device_id,
            PushTarget(address.endpoint, address.p256dh, address.auth),
            whole,
            smaller,
        )

    def _key_for(self, session: Session, network_id: UUID, key_id: UUID | None) -> KeyName:
        """Once known, a key needs no query any more."""
        if key_id is None or (network_id, key_id) not in self._private:
            key = key_of(session, network_id, key_id)
            key_id = key.id
            self._private[network_id, key_id] = private_key_of(key, self.master)
        return network_id, key_id

    def _held_until(
        self, waits: Mapping[Place, datetime], push: Push, now: datetime
    ) -> datetime | None:
        """Where a push service refuses us, one push at a time tries again."""
        place = push.item.network_id, push_origin(push.address.endpoint)
        if place not in waits:
            return None
        until = max(waits[place], self._probes.get(place, now))
        if until <= now:
            self._probes[place] = now + PROBE
        return until if until > now else None

    async def send(self, push: PreparedPush) -> PushAnswer:
        transport = self._transports.get(push.key)
        if transport is None:
            private = self._private[push.key]
            contact, origins = self.settings.vapid_contact, self.settings.push_origins
            transport = await PushTransport(private, contact, origins).__aenter__()
            self._transports[push.key] = transport
        answer = await transport.send(push.target, push.message)
        if answer.outcome is Outcome.TOO_LARGE:
            return await transport.send(push.target, push.smaller)
        return answer

    def record(
        self, session: Session, sent: Sequence[Sent], now: datetime
    ) -> Mapping[UUID, datetime]:
        """2xx is evidence of acceptance, no more."""
        taken = [one for one in sent if one.answer.outcome is Outcome.ACCEPTED]
        others = [one for one in sent if one.answer.outcome is not Outcome.ACCEPTED]
        again = {one.item.id: _note_other(session, one, now) for one in others}
        for network_id, some in groupby(sorted(taken, key=_network_of), _network_of):
            _note_taken(session, network_id, list(some), now)
        return {item_id: at for item_id, at in again.items() if at}

    async def close(self) -> None:
        for transport in self._transports.values():
            await transport.__aexit__(None, None, None)
        self._transports.clear()


def _is_wanted(push: Push, now: datetime) -> bool:
    message, ended = push.message, push.address.ended_at
    return not (message.cancelled_at or ended or message.expires_at <= now or push.is_known)


def _waiting_places(session: Session, pushes: Sequence[Push]) -> dict[Place, datetime]:
    networks = {push.item.network_id for push in pushes}
    return {
        (circuit.network_id, circuit.origin): circuit.retry_at
        for network_id in networks
        for circuit in open_circuits(session, network_id)
        if circuit.retry_at
    }


def _network_of(sent: Sent) -> UUID:
    return sent.item.network_id


def _note_taken(session: Session, network_id: UUID, taken: list[Sent], now: datetime) -> None:
    for origin in {push_origin(one.prepared.target.endpoint) for one in taken}:
        note_success(session, network_id, origin)
    deliveries = {(ids_in(one.item)[0], one.prepared.phone) for one in taken if one.prepared.phone}
    note_accepted(session, network_id, deliveries, now)
    bump(session, network_id)


def _note_other(session: Session, sent: Sent, now: datetime) -> datetime | None:
    """When to try again."""
    item, answer = sent.item, sent.answer
    if answer.outcome is Outcome.LATER:
        return now + pause(item.attempts, answer.retry_after)
    message_id, subscription_id = ids_in(item)
    message = session.get_one(Message, (item.network_id, message_id))
    subscription = session.get_one(Subscription, (item.network_id, subscription_id))
    if answer.status in OUR_OWN_FAULT:
        return _refused(session, item, message, subscription, answer.status, now)
    if answer.outcome is Outcome.GONE or answer.status is None:
        _end(session, message, subscription, answer.outcome, now)
    return None


def _refused(
    session: Session,
    item: Item,
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
    session.flush()
    fall_back_if_unreachable(session, message, now)
    bump(session, message.network_id)
