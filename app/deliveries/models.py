"""Getting a message to people: what is to be done, to which phones, and the evidence for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint, column
from sqlmodel import Field, SQLModel

from app.db import NetworkRow, UTCDateTime, within


class OutboxItem(NetworkRow, table=True):
    """Work written in the transaction that asked for it, done once that is durable."""

    __tablename__ = "outbox_item"
    __table_args__ = (
        Index(
            "ix_outbox_item_kind_due_at",
            "kind",
            "due_at",
            sqlite_where=column("done_at").is_(None),
            postgresql_where=column("done_at").is_(None),
        ),
        Index(
            "ix_outbox_item_network_id_due_at",
            "network_id",
            "due_at",
            sqlite_where=column("done_at").is_(None),
            postgresql_where=column("done_at").is_(None),
        ),
    )

    kind: str = Field(max_length=40)
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    due_at: datetime = Field(sa_type=UTCDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    attempts: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: str = Field(default="", max_length=40)


class Subscription(NetworkRow, table=True):
    """Where a browser takes its pushes: that of a phone, or of somebody who signs in. The endpoint
    is user input, checked twice.

    `vapid_key_id`: the key the browser was told when it subscribed; no other is taken there.
    """

    __table_args__ = (
        within("device_id", "device"),
        within("staff_id", "staff"),
        within("vapid_key_id", "vapid_key"),
        UniqueConstraint("network_id", "device_id", "endpoint"),
        UniqueConstraint("network_id", "staff_id", "endpoint"),
        CheckConstraint("(device_id IS NULL) <> (staff_id IS NULL)", name="one_owner"),
    )

    device_id: UUID | None = None
    staff_id: UUID | None = None
    endpoint: str = Field(max_length=800)
    p256dh: str = Field(max_length=100)
    auth: str = Field(max_length=40)
    vapid_key_id: UUID | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    end_reason: str = Field(default="", max_length=20)


class PushCircuit(NetworkRow, table=True):
    """A push service that refuses us. `refusals` in a row since the last success, one after the
    other for different subscriptions, the last one named; `opened_at`: since there were too many,
    only one push at a time tries again, at `retry_at`."""

    __tablename__ = "push_circuit"
    __table_args__ = (
        within("subscription_id", "subscription"),
        UniqueConstraint("network_id", "origin"),
    )

    origin: str = Field(max_length=300)
    subscription_id: UUID | None = None
    refusals: int = 0
    status: int = 0
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    retry_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Message(NetworkRow, table=True):
    """What is pushed about one thing: generic words and a path, per language. No case content.

    `is_trial`: 試しの通知. `tag`: by which browsers and push services know what belongs in one
    place; a message has its own unless it takes that of another.
    """

    texts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    path: str = Field(max_length=120)
    urgent: bool = False
    is_trial: bool = False
    expires_at: datetime = Field(sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tag: UUID | None = None


class Recipient(SQLModel, table=True):
    """A phone that a message goes to. Nobody else's receipt counts."""

    __table_args__ = (within("message_id", "message"), within("device_id", "device"))

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    message_id: UUID = Field(primary_key=True)
    device_id: UUID = Field(primary_key=True)


class Evidence(NetworkRow, table=True):
    """One proven fact about one message on one phone. Append-only; nothing is claimed beyond it."""

    __table_args__ = (
        within("message_id", "message"),
        within("device_id", "device"),
        UniqueConstraint("network_id", "message_id", "device_id", "kind"),
    )

    message_id: UUID
    device_id: UUID
    kind: str = Field(max_length=20)
    at: datetime = Field(sa_type=UTCDateTime)


class Mail(NetworkRow, table=True):
    """A letter to a workplace about one message, once. It says what a lock screen could say.

    `accepted_at`: a mail server took it, no more. `failed_at` and `reason`: none ever will.
    """

    __table_args__ = (
        within("message_id", "message"),
        within("workplace_id", "workplace"),
        UniqueConstraint("network_id", "message_id", "workplace_id"),
        Index("ix_mail_network_id_created_at", "network_id", "created_at"),
    )

    message_id: UUID
    workplace_id: UUID
    address: str = Field(max_length=200)
    subject: str = Field(max_length=120)
    body: str = Field(max_length=2000)
    created_at: datetime = Field(sa_type=UTCDateTime)
    accepted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: str = Field(default="", max_length=20)


class VapidKey(NetworkRow, table=True):
    """The key by which push services know us. The private half is stored wrapped."""

    __tablename__ = "vapid_key"

    public_key: str = Field(max_length=120)
    private_wrapped: str = Field(max_length=600)
    created_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
