"""試行: a period, the workplaces that take part, and what people there say before and after."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Pilot(NetworkRow, table=True):
    """試行. `good`, `better`: 良かった点 and 改善点, as the office looked back on it."""

    name: str = Field(max_length=120)
    begins_on: date
    ends_on: date
    created_at: datetime = Field(sa_type=UTCDateTime)
    good: str = Field(default="", max_length=2000)
    better: str = Field(default="", max_length=2000)
    reviewed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Survey(NetworkRow, table=True):
    """アンケート of one workplace, before or after; its `code` opens the form without sign-in."""

    __table_args__ = (
        within("pilot_id", "pilot"),
        within("workplace_id", "workplace"),
        UniqueConstraint("network_id", "pilot_id", "workplace_id", "phase"),
        UniqueConstraint("network_id", "code"),
        Index("ix_survey_code", "code"),
    )

    pilot_id: UUID
    workplace_id: UUID
    phase: str = Field(max_length=6)
    code: str = Field(max_length=11)


class SurveyAnswer(NetworkRow, table=True):
    """What one person ticked, by question: no name, no badge, no phone.

    `from_paper`: typed in by the office.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        within("survey_id", "survey"),
        Index("ix_survey_answer_network_id_survey_id", "network_id", "survey_id", "answered_at"),
    )

    survey_id: UUID
    ticks: dict[str, list[str]] = Field(sa_column=Column(JSON, nullable=False))
    from_paper: bool
    answered_at: datetime = Field(sa_type=UTCDateTime)
