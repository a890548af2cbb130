"""訓練: a mock case at some workplaces. Its rows are tables of their own, so that no list, number
or count of real reports can ever hold one (docs/adr/0025)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within
from app.drills.rules import is_running
from app.reports.receipts import drill_number


class Drill(NetworkRow, table=True):
    """A drill and its mock case. It ends by itself at `ends_at`, or was ended by a person.

    Its id is also that of the message that calls the phones to it.
    """

    __table_args__ = (
        within("created_by_id", "staff"),
        Index("ix_drill_network_id_ends_at", "network_id", "ends_at"),
        Index("ix_drill_network_id_starts_at", "network_id", "starts_at"),
    )

    mock_case: str = Field(max_length=20)
    title: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    story: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    starts_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_by_id: UUID

    @property
    def over_at(self) -> datetime:
        return self.ended_at or self.ends_at

    def is_running_at(self, now: datetime) -> bool:
        return is_running(self.starts_at, self.ends_at, self.ended_at, now)


class DrillWorkplace(NetworkRow, table=True):
    """A workplace that was chosen for a drill."""

    __tablename__ = "drill_workplace"
    __table_args__ = (
        within("drill_id", "drill"),
        within("workplace_id", "workplace"),
        UniqueConstraint("network_id", "drill_id", "workplace_id"),
        Index("ix_drill_workplace_network_id_workplace_id", "network_id", "workplace_id"),
    )

    drill_id: UUID
    workplace_id: UUID


class DrillPhone(NetworkRow, table=True):
    """A phone that takes part: it was there at the start, or reported later.

    `opened_at`: the mock case was in sight for a second, by the phone's own word.
    """

    __tablename__ = "drill_phone"
    __table_args__ = (
        within("drill_id", "drill"),
        within("device_id", "device"),
        within("workplace_id", "workplace"),
        UniqueConstraint("network_id", "drill_id", "device_id"),
    )

    drill_id: UUID
    device_id: UUID
    workplace_id: UUID
    opened_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DrillReport(NetworkRow, table=True):
    """A report made in a drill, and the one instruction that answers it.

    `id` is the phone's own report_id, and also that of the instruction's message. `drill_id` is
    None where the drill was forgotten before the report came.
    """

    __tablename__ = "drill_report"
    __table_args__ = (
        within("drill_id", "drill"),
        within("device_id", "device"),
        within("badge_id", "badge"),
        within("workplace_id", "workplace"),
        within("instructed_by_id", "staff"),
        UniqueConstraint("network_id", "seq"),
        Index("ix_drill_report_network_id_drill_id", "network_id", "drill_id"),
    )

    drill_id: UUID | None = None
    seq: int
    fingerprint: str = Field(max_length=43)
    envelope: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    receipt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    device_id: UUID
    badge_id: UUID
    workplace_id: UUID
    industry: str = Field(max_length=12)
    checklist_version: int
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    headline: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    urgency: str = Field(max_length=6)
    received_at: datetime = Field(sa_type=UTCDateTime)
    template: str = Field(default="", max_length=4)
    texts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    instructed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    instructed_by_id: UUID | None = None
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def receipt_no(self) -> str:
        return drill_number(self.seq)
