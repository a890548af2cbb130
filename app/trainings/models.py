"""研修 (法11条の8): what was taught with which material, and which badges were there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class TrainingMaterial(NetworkRow, table=True):
    """教材. An address (https), a short text, or both. `retired_at`: not used for new trainings."""

    __tablename__ = "training_material"

    title: str = Field(max_length=120)
    link: str = Field(default="", max_length=500)
    text: str = Field(default="", max_length=2000)
    created_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Training(NetworkRow, table=True):
    """研修. `place`: a room, or the address of an online meeting."""

    __table_args__ = (
        within("material_id", "training_material"),
        Index("ix_training_network_id_held_on", "network_id", "held_on", "id"),
    )

    held_on: date
    place: str = Field(max_length=200)
    audience: str = Field(default="", max_length=120)
    material_id: UUID | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class Attendance(NetworkRow, table=True):
    """受講. That a badge was there; whose it is, isn't known here."""

    __tablename__ = "training_attendance"
    __table_args__ = (
        within("training_id", "training"),
        within("badge_id", "badge"),
        UniqueConstraint("network_id", "training_id", "badge_id"),
        Index("ix_training_attendance_network_id_badge_id", "network_id", "badge_id"),
    )

    training_id: UUID
    badge_id: UUID
    recorded_at: datetime = Field(sa_type=UTCDateTime)
