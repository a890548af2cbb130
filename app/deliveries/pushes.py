"""Pushes that are to be sent, with all they speak of, read for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlmodel import Session, col

from app.badges.models import Device
from app.deliveries.evidence import ON_PHONE, proven
from app.deliveries.models import Message, OutboxItem, Subscription
from app.networks.scope import in_network


@dataclass(frozen=True, slots=True)
class Push:
    """`language`: what the phone is read in; people who sign in read Japanese. `is_known`: it is
    proven that this phone has the message."""

    item: OutboxItem
    message: Message
    subscription: Subscription
    language: str
    is_known: bool


def pushes_of(session: Session, items: Sequence[OutboxItem]) -> list[Push]:
    by_network = sorted(items, key=_network_of)
    return [
        push
        for network_id, some in groupby(by_network, _network_of)
        for push in _within(session, network_id, list(some))
    ]


def ids_in(item: OutboxItem) -> tuple[UUID, UUID]:
    """Message and subscription."""
    return UUID(item.payload["message_id"]), UUID(item.payload["subscription_id"])


def _network_of(item: OutboxItem) -> UUID:
    return item.network_id


def _within(session: Session, network_id: UUID, items: list[OutboxItem]) -> list[Push]:
    ids = [ids_in(item) for item in items]
    about = in_network(Message, network_id).where(col(Message.id).in_({one for one, _ in ids}))
    messages = {message.id: message for message in session.exec(about)}
    subscriptions, languages = _subscriptions(session, network_id, [one for _, one in ids])
    phones = [(message, subscriptions[one].device_id) for message, one in ids]
    pairs = [(message, phone) for message, phone in phones if phone]
    known = proven(session, network_id, pairs, ON_PHONE)
    return [
        Push(item, messages[message], subscriptions[one], languages[one], (message, phone) in known)
        for item, (message, one), (_, phone) in zip(items, ids, phones, strict=True)
    ]


def _subscriptions(
    session: Session, network_id: UUID, ids: list[UUID]
) -> tuple[dict[UUID, Subscription], dict[UUID, str]]:
    same = (col(Device.network_id) == col(Subscription.network_id)) & (
        col(Device.id) == col(Subscription.device_id)
    )
    query = in_network(Subscription, network_id).where(col(Subscription.id).in_(ids))
    rows = session.execute(query.outerjoin(Device, same).add_columns(col(Device.language))).all()
    return {one.id: one for one, _ in rows}, {one.id: language or "ja" for one, language in rows}
