"""A message knows generic words and the phones it goes to; only those can prove anything."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.badges.models import Device
from app.deliveries.evidence import add_evidence, evidence_for
from app.deliveries.messages import live_subscriptions, send_message
from app.deliveries.models import OutboxItem, Subscription
from app.ids import new_id
from tests.towns import AFTERNOON as NOW
from tests.towns import Town


@pytest.fixture
def devices(app: FastAPI, town: Town) -> list[UUID]:
    """Three phones: with a live subscription, with one that ended, and with none."""
    network_id = town.here.network.id
    with app.state.database.writing() as session:
        phones = [
            Device(network_id=network_id, last_heard_at=NOW, created_at=NOW) for _ in range(3)
        ]
        session.add_all(phones)
        session.flush()
        for phone, ended_at in zip(phones[:2], [None, NOW], strict=True):
            session.add(
                Subscription(
                    network_id=network_id,
                    device_id=phone.id,
                    endpoint=f"https://fcm.googleapis.com/{phone.id}",
                    p256dh="x",
                    auth="x",
                    created_at=NOW,
                    ended_at=ended_at,
                )
            )
        return [phone.id for phone in phones]


@pytest.fixture
def send(app: FastAPI, town: Town, devices: list[UUID]) -> Callable[[], UUID]:
    def send_now() -> UUID:
        with app.state.database.writing() as session:
            return send_message(
                session,
                town.here.network.id,
                new_id(),
                texts={"ja": {"title": "t", "body": "b"}},
                path="/",
                urgent=True,
                expires_at=NOW + timedelta(hours=1),
                phones=dict.fromkeys(devices, NOW),
                now=NOW,
            ).id

    return send_now


def test_one_push_is_due_per_live_subscription(
    send: Callable[[], UUID], session: Session, devices: list[UUID]
) -> None:
    message_id = send()
    item = session.exec(select(OutboxItem).where(OutboxItem.kind == "push")).one()
    live = session.exec(select(Subscription).where(Subscription.device_id == devices[0])).one()
    assert item.payload == {"message_id": str(message_id), "subscription_id": str(live.id)}
    assert item.due_at == NOW


def test_live_subscriptions_are_those_of_the_named_phones_in_the_network(
    session: Session, town: Town, devices: list[UUID]
) -> None:
    found = live_subscriptions(session, town.here.network.id, devices)
    assert [one.device_id for one in found] == devices[:1]
    assert live_subscriptions(session, town.here.network.id, devices[1:]) == []
    assert live_subscriptions(session, town.neighbour.id, devices) == []
    assert live_subscriptions(session, town.here.network.id, []) == []


def test_the_first_proof_on_any_phone_counts(
    app: FastAPI, town: Town, send: Callable[[], UUID], session: Session, devices: list[UUID]
) -> None:
    message_id = send()
    with app.state.database.writing() as writing:
        for device_id, minutes in ((devices[1], 5), (devices[0], 2), (devices[0], 1)):
            at = NOW + timedelta(minutes=minutes)
            add_evidence(writing, town.here.network.id, message_id, device_id, "delivered", at)
    proofs = evidence_for(session, town.here.network.id, message_id)
    assert proofs == {"delivered": NOW + timedelta(minutes=2)}
    assert evidence_for(session, town.neighbour.id, message_id) == {}
