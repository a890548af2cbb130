"""いま目の前: who at the desk looks, what is said in short lines, and threats that were met."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Watch(NetworkRow, table=True):
    """見ています. A person had the report open on their screen, from `began_at` on and last at
    `seen_at`. `taken_at`: they pressed 見ています, and for a while the desk doesn't ring."""

    __tablename__ = "report_watch"
    __table_args__ = (
        within("report_id", "report"),
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "report_id", "staff_id"),
    )

    report_id: UUID
    staff_id: UUID
    began_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    taken_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TalkLine(NetworkRow, table=True):
    """One short line between desk and till: of a counsellor (`author_id`) or of a phone
    (`device_id`). `phrase`: a code of `alarms.phrases`; empty where `text` was typed."""

    __tablename__ = "talk_line"
    __table_args__ = (
        within("report_id", "report"),
        within("author_id", "staff"),
        within("device_id", "device"),
        Index("ix_talk_line_network_id_report_id_at", "network_id", "report_id", "at"),
    )

    report_id: UUID
    author_id: UUID | None = None
    device_id: UUID | None = None
    phrase: str = Field(default="", max_length=12)
    text: str = Field(default="", max_length=60)
    at: datetime = Field(sa_type=UTCDateTime)


class Threat(NetworkRow, table=True):
    """こわい思い・カスハラ. One per report, followed up by somebody by name until it is closed."""

    __tablename__ = "threat"
    __table_args__ = (
        within("report_id", "report"),
        within("device_id", "device"),
        within("assigned_to_id", "staff"),
        within("done_by_id", "staff"),
        UniqueConstraint("network_id", "report_id"),
        Index("ix_threat_open", "network_id", "done_at", "created_at"),
    )

    report_id: UUID
    device_id: UUID
    assigned_to_id: UUID | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_by_id: UUID | None = None
    outcome: str = Field(default="", max_length=12)
