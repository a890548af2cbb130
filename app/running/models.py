"""会の運営: what the office itself writes down so that the next clerk can go on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class NoteForSuccessor(NetworkRow, table=True):
    """引き継ぎの書き込み. What no table knows: where keys and copies lie, and who helps."""

    __tablename__ = "note_for_successor"
    __table_args__ = (
        within("updated_by_id", "staff"),
        UniqueConstraint("network_id", "topic"),
    )

    topic: str = Field(max_length=20)
    text: str = Field(default="", max_length=1000)
    updated_at: datetime = Field(sa_type=UTCDateTime)
    updated_by_id: UUID
