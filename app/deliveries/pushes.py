"""Pushes that are to be sent, with all they speak of, read for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlmodel import Session, col

from app.badges.models import Device
from app.deliveries.evidence import ON_PHONE, proven
from app.deliveries.models import Message, Subscription
from app.deliveries.outbox import Item
from app.networks.scope import in_network


@dataclass(frozen=True, slots=True)
class Address:
    """A subscription as a push needs it. `device_id` is None for somebody who signs in; they read
    Japanese, as does a phone that says nothing else."""

    id: UUID
    device_id: UUID | None
    endpoint: str
    p256dh: str
    auth: str
    vapid_key_id: UUID | None
    ended_at: datetime | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Push:
    """`is_known`: it is proven that this phone has the message."""

    item: Item
    message: Message
    address: Address
    is_known: bool


def pushes_of(session: Session, items: Sequence[Item]) -> list[Push]:
    by_network = sorted(items, key=_network_of)
    return [
        push
        for network_id, some in groupby(by_network, _network_of)
        for push in _within(session, network_id, list(some))
    ]


def ids_in(item: Item) -> tuple[UUID, UUID]:
    """Message and subscription."""
    return UUID(item.payload["message_id"]), UUID(item.payload["subscription_id"])


def _network_of(item: Item) -> UUID:
    return item.network_id


def _within(session: Session, network_id: UUID, items: list[Item]) -> list[Push]:
    ids = [ids_in(item) for item in items]
    about = in_network(Message, network_id).where(col(Message.id).in_({one for one, _ in ids}))
    messages = {message.id: message for message in session.exec(about)}
    addresses = _addresses(session, network_id, [one for _, one in ids])
    phones = [(message, addresses[one].device_id) for message, one in ids]
    pairs = [(message, phone) for message, phone in phones if phone]
    known = proven(session, network_id, pairs, ON_PHONE)
    return [
        Push(item, messages[message], addresses[one], phone in known)
        for item, (message, one), phone in zip(items, ids, phones, strict=True)
    ]


def _addresses(session: Session, network_id: UUID, ids: list[UUID]) -> dict[UUID, Address]:
    query = (
        in_network(Subscription, network_id)
        .where(col(Subscription.id).in_(ids))
        .outerjoin(
            Device,
            (col(Device.network_id) == col(Subscription.network_id))
            & (col(Device.id) == col(Subscription.device_id)),
        )
        .with_only_columns(
            col(Subscription.id),
            col(Subscription.device_id),
            col(Subscription.endpoint),
            col(Subscription.p256dh),
            col(Subscription.auth),
            col(Subscription.vapid_key_id),
            col(Subscription.ended_at),
            col(Device.language),
        )
    )
    return {row[0]: Address(*row) for row in session.execute(query)}
