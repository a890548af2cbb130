"""A network whose phones all subscribed, and a message to every one of them."""

import base64
import os
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import insert
from sqlmodel import Session

from app.badges.models import Device
from app.clock import system_clock
from app.db import Database
from app.deliveries.messages import send_message, send_to_more
from app.deliveries.models import Message, Subscription
from app.deliveries.vapid_keys import current_vapid_key
from app.demo.town import build_town
from app.ids import new_id
from app.operations.migrations import migrate
from app.sealing.custody import MasterKey, key_file
from app.settings import Settings

TEXTS = {
    "ja": {
        "title": "つなぐ名札",
        "body": "至急:対応のお願いが届きました。名札のページを開いてください。",
    }
}
CHUNK = 500


def found_subscribers(settings: Settings, endpoints: Sequence[str]) -> None:
    """A town with one phone per endpoint."""
    migrate(settings)
    database = Database(settings.database)
    with database.writing() as session:
        master = MasterKey(key_file(settings.data_dir, "master"))
        network_id = build_town(session, master, system_clock()).network.id
        _subscribe(session, network_id, endpoints)
    database.close()


def _subscribe(session: Session, network_id: UUID, endpoints: Sequence[str]) -> None:
    start, key_id = system_clock(), current_vapid_key(session, network_id).id
    devices, subscriptions = [], []
    for place, endpoint in enumerate(endpoints):
        keys = {"network_id": network_id, "created_at": start + timedelta(milliseconds=place)}
        phone = new_id()
        devices.append(keys | {"id": phone, "last_heard_at": start, "language": "ja"})
        subscriptions.append(
            keys
            | {"id": new_id(), "device_id": phone, "endpoint": endpoint, "vapid_key_id": key_id}
            | {"p256dh": text(_new_point()), "auth": text(os.urandom(16))}
        )
    session.execute(insert(Device), devices)
    session.execute(insert(Subscription), subscriptions)


def _new_point() -> bytes:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def raw(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "==")


def write_to_all(database: Database, network_id: UUID, phones: Sequence[Subscription]) -> Message:
    """As a bulletin does: the message, and its phones some hundred at a time."""
    now = system_clock()
    with database.writing() as session:
        message = send_message(
            session, network_id, new_id(), texts=TEXTS, path="/", urgent=False,
            expires_at=now + timedelta(days=1), phones={}, now=now,
        )  # fmt: skip
    for first in range(0, len(phones), CHUNK):
        chunk = [phone.device_id for phone in phones[first : first + CHUNK] if phone.device_id]
        with database.writing() as session:
            send_to_more(session, message, dict.fromkeys(chunk, now))
    return message
