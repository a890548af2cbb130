"""担当の移り: how a report came from one counsellor to another, who looks at it, 申し送り."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.claims.rules import NOTE_LENGTH, RELAY_NOTE_LENGTH
from app.db import NetworkRow, UTCDateTime, within


class Relay(NetworkRow, table=True):
    """申し送り. All that one person had in hand, given to another at the end of a day.

    `calls`: how many phone tasks went with it. `received_at`: when they pressed 受け取りました.
    """

    __table_args__ = (
        within("from_id", "staff"),
        within("to_id", "staff"),
        Index("ix_relay_network_id_to_id", "network_id", "to_id", "received_at"),
    )

    from_id: UUID
    to_id: UUID
    note: str = Field(max_length=RELAY_NOTE_LENGTH)
    calls: int = 0
    at: datetime = Field(sa_type=UTCDateTime)
    received_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ClaimMove(NetworkRow, table=True):
    """One claim that changed hands other than by pressing 担当する. Append-only, but for
    `opened_at`: when the person it concerns first looked.

    `kind`: one of claims.rules.Move. `minutes`: after how long a claim returned by itself.
    """

    __tablename__ = "claim_move"
    __table_args__ = (
        within("report_id", "report"),
        within("from_id", "staff"),
        within("to_id", "staff"),
        within("relay_id", "relay"),
        Index("ix_claim_move_network_id_report_id", "network_id", "report_id", "at"),
    )

    report_id: UUID
    kind: str = Field(max_length=8)
    from_id: UUID
    to_id: UUID | None = None
    note: str = Field(default="", max_length=NOTE_LENGTH)
    minutes: int = 0
    relay_id: UUID | None = None
    at: datetime = Field(sa_type=UTCDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Presence(NetworkRow, table=True):
    """When a counsellor's browser last said that it shows a report, and that they write. Never
    what they write."""

    __table_args__ = (
        within("report_id", "report"),
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "report_id", "staff_id"),
    )

    report_id: UUID
    staff_id: UUID
    opened_at: datetime = Field(sa_type=UTCDateTime)
    writing_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
