"""Who takes part: organizations with their standing, workplaces, and whom to speak with there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Organization(NetworkRow, table=True):
    """団体. Its standing (区分) decides what it may ever be asked for.

    `commissioned_on`, `ground`: since when it has this standing, and on what ground (要綱, 委嘱状,
    加入届); `ground_reference` says which one. `term_begins_on`, `term_ends_on`: the term that
    runs; earlier ones are `Term`s. `approval`: what the chain's head office said. `ended_on`: since
    when it takes no part any more.
    """

    __table_args__ = (UniqueConstraint("network_id", "name"),)

    name: str = Field(max_length=120)
    kana: str = Field(default="", max_length=120)
    standing: str = Field(max_length=10)
    commissioned_on: date | None = None
    ground: str = Field(default="", max_length=12)
    ground_reference: str = Field(default="", max_length=120)
    term_begins_on: date | None = None
    term_ends_on: date | None = None
    approval: str = Field(default="", max_length=12)
    approved_on: date | None = None
    approval_scope: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)
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
    ended_on: date | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)


class Term(NetworkRow, table=True):
    """任期. One that ran before the organization's present one."""

    __table_args__ = (
        within("organization_id", "organization"),
        Index("ix_term_network_id_organization_id", "network_id", "organization_id"),
    )

    organization_id: UUID
    begins_on: date | None = None
    ends_on: date


class ContactPerson(NetworkRow, table=True):
    """担当者 of an organization, or of one of its workplaces. `is_main`: 主, else 副."""

    __tablename__ = "contact_person"
    __table_args__ = (
        within("organization_id", "organization"),
        within("workplace_id", "workplace"),
        Index("ix_contact_person_network_id_organization_id", "network_id", "organization_id"),
    )

    organization_id: UUID
    workplace_id: UUID | None = None
    name: str = Field(max_length=60)
    role: str = Field(default="", max_length=60)
    telephone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=200)
    is_main: bool = False
