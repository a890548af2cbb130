"""A roster that was read and waits for a clerk's word."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class RosterDraft(NetworkRow, table=True):
    """名簿の下書き. What was understood of a file, for seven days.

    `content` is the roster as `written_roster` has it. Once it is taken over, only lines with
    problems are left of it, and `outcome` says what became of the others.
    """

    __tablename__ = "roster_draft"
    __table_args__ = (
        within("made_by_id", "staff"),
        Index("ix_roster_draft_taken_over", "network_id", "taken_over_at", "made_at"),
    )

    made_by_id: UUID
    filename: str = Field(max_length=120)
    content: dict[str, Any] = Field(sa_type=JSON)
    made_at: datetime = Field(sa_type=UTCDateTime)
    taken_over_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
