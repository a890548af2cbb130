"""Print jobs too large for one answer, and what a network printed on last."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class PrintJob(NetworkRow, table=True):
    """印刷の仕事. `layout`: paper, sides, start and marks (printing.badge_paper.Layout).

    Its parts hold secret codes, so they are deleted at `ends_at`; the job itself stays.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        within("made_by_id", "staff"),
        Index("ix_print_job_network_id_ends_at", "network_id", "ends_at"),
    )

    layout: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    count: int
    made_by_id: UUID
    made_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    def has_ended_at(self, now: datetime) -> bool:
        return self.ended_at is not None or self.ends_at <= now


class PrintPart(NetworkRow, table=True):
    """At most 200 badges of a job. `pdf` is empty until it is done; `problem` says why it can't be
    made: `unreadable` or `nothing` (all were stopped meanwhile)."""

    __tablename__ = "print_part"
    __table_args__ = (
        within("job_id", "print_job"),
        UniqueConstraint("network_id", "job_id", "place"),
    )

    job_id: UUID
    place: int
    start: int
    badge_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))
    by_reading: bool = False
    pdf: bytes = b""
    problem: str = Field(default="", max_length=12)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class PrintPreference(NetworkRow, table=True):
    """The paper, sides and marks of a network's last badges."""

    __tablename__ = "print_preference"
    __table_args__ = (UniqueConstraint("network_id"),)

    paper: str = Field(default="card", max_length=8)
    sides: str = Field(default="duplex", max_length=8)
    marks: bool = True
