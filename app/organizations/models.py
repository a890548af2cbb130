"""Who takes part: organizations with their standing, and the workplaces people stand in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Organization(NetworkRow, table=True):
    """団体. Its standing (区分) decides what it may ever be asked for.

    `ended_on`: since when it takes no part any more.
    """

    __table_args__ = (UniqueConstraint("network_id", "name"),)

    name: str = Field(max_length=120)
    kana: str = Field(default="", max_length=120)
    standing: str = Field(max_length=10)
    commissioned_on: date | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_on: date | None = None


class Workplace(NetworkRow, table=True):
    """事業所・店舗. The name is empty where the organization itself is the workplace.

    `ended_on`: since when nobody there takes part any more; its badges are stopped.
    """

    __table_args__ = (
        within("organization_id", "organization"),
        UniqueConstraint("network_id", "organization_id", "name", "industry"),
    )

    organization_id: UUID
    name: str = Field(default="", max_length=120)
    industry: str = Field(max_length=12)
    address: str = Field(default="", max_length=200)
    telephone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=200)
    contact: str = Field(default="", max_length=80)
    code: str = Field(default="", max_length=12)
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_on: date | None = None
