"""対応指示: what a counsellor asks of the person who reported, and what came back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Instruction(NetworkRow, table=True):
    """One instruction for one report. It leaves `release_at`, ten seconds after it was written.

    `texts`: language → {title, steps, say}; a language that is missing is read in Japanese.
    `ground`: one of instructions.grounds.GROUNDS, where the template asks for one.
    `end_reason`: one of instructions.ending.End. Until it ended a timer runs.
    `slots`: times offered for being phoned or met (instructions.slots).
    """

    __table_args__ = (
        within("report_id", "report"),
        within("author_id", "staff"),
        # Whether one stands is read off the index: the list asks it of every open report.
        Index("ix_instruction_standing", "network_id", "report_id", "cancelled_at", "end_reason"),
    )

    report_id: UUID
    template: str = Field(max_length=8)
    author_id: UUID
    texts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    options: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    ack: str = Field(max_length=12)
    closes: bool = False
    created_at: datetime = Field(sa_type=UTCDateTime)
    release_at: datetime = Field(sa_type=UTCDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    deadline_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    end_reason: str = Field(default="", max_length=12)
    ground: str = Field(default="", max_length=16)
    slots: list[dict[str, str]] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True))
    )

    @property
    def wants_answer(self) -> bool:
        return self.ack != "none"

    @property
    def is_withdrawn(self) -> bool:
        return self.end_reason == "withdrawn"

    def is_released(self, now: datetime) -> bool:
        return self.cancelled_at is None and self.release_at <= now


class Answer(NetworkRow, table=True):
    """What a person pressed: 了解, できない with a reason, or a result. The first counts; only the
    time they chose of those offered (`slot`) can be changed by another press.

    `until`: for 上司に確認中, the time by which they wanted to know.
    """

    __tablename__ = "instruction_answer"
    __table_args__ = (
        within("instruction_id", "instruction"),
        within("device_id", "device"),
        UniqueConstraint("network_id", "instruction_id", "kind"),
    )

    instruction_id: UUID
    device_id: UUID
    kind: str = Field(max_length=12)
    code: str = Field(default="", max_length=20)
    sealed: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    at: datetime = Field(sa_type=UTCDateTime)


class FollowUp(NetworkRow, table=True):
    """What was done because an answer stayed away. Append-only; each kind once."""

    __tablename__ = "instruction_follow_up"
    __table_args__ = (
        within("instruction_id", "instruction"),
        UniqueConstraint("network_id", "instruction_id", "kind"),
    )

    instruction_id: UUID
    kind: str = Field(max_length=16)
    at: datetime = Field(sa_type=UTCDateTime)


class PhoneTask(NetworkRow, table=True):
    """電話してください. One per instruction, for a counsellor by name, until somebody closes it.

    `due_at`: the beginning of the time that was promised; None: now.
    """

    __tablename__ = "phone_task"
    __table_args__ = (
        within("instruction_id", "instruction"),
        within("assigned_to_id", "staff"),
        within("done_by_id", "staff"),
        UniqueConstraint("network_id", "instruction_id"),
        Index("ix_phone_task_open", "network_id", "done_at", "created_at"),
    )

    instruction_id: UUID
    assigned_to_id: UUID
    created_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    raised_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_by_id: UUID | None = None
    outcome: str = Field(default="", max_length=12)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TemplateVersion(NetworkRow, table=True):
    """One published version of a network's own templates; never changed. Version 1 is the standard
    ones and has no row."""

    __tablename__ = "template_version"
    __table_args__ = (UniqueConstraint("network_id", "version"),)

    version: int
    document: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    published_at: datetime = Field(sa_type=UTCDateTime)
