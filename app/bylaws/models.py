"""決まり of a network as PDFs in versions, and who has taken note of each (法11条の6)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.db import NetworkRow, UTCDateTime, within


class Bylaw(NetworkRow, table=True):
    """One version of one kind. It is never changed; `withdrawn_at`: its file went, as it should
    never have been there."""

    __table_args__ = (
        within("author_id", "staff"),
        within("withdrawn_by_id", "staff"),
        UniqueConstraint("network_id", "kind", "version"),
    )

    kind: str = Field(max_length=12)
    title: str = Field(max_length=120)
    version: int
    holds_from: date
    pages: int
    size: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    author_id: UUID
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_by_id: UUID | None = None


class BylawFile(SQLModel, table=True):
    """The PDF itself, apart, so that lists don't carry it."""

    __tablename__ = "bylaw_file"
    __table_args__ = (within("bylaw_id", "bylaw"),)

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    bylaw_id: UUID = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class BylawReading(NetworkRow, table=True):
    """読みました, pressed by a member of staff."""

    __tablename__ = "bylaw_reading"
    __table_args__ = (
        within("bylaw_id", "bylaw"),
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "bylaw_id", "staff_id"),
    )

    bylaw_id: UUID
    staff_id: UUID
    read_at: datetime = Field(sa_type=UTCDateTime)


class BylawAcknowledgement(NetworkRow, table=True):
    """団体の確認, as the clerk noted it: on which day, in which way, and who said so."""

    __tablename__ = "bylaw_acknowledgement"
    __table_args__ = (
        within("bylaw_id", "bylaw"),
        within("organization_id", "organization"),
        within("author_id", "staff"),
        UniqueConstraint("network_id", "bylaw_id", "organization_id"),
    )

    bylaw_id: UUID
    organization_id: UUID
    acknowledged_on: date
    way: str = Field(max_length=10)
    who: str = Field(default="", max_length=60)
    created_at: datetime = Field(sa_type=UTCDateTime)
    author_id: UUID
