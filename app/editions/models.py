"""下書き and 公開の記録 of documents that come in versions: checklists, templates for instructions.

The versions themselves belong to the areas whose documents they are.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Draft(NetworkRow, table=True):
    """The one open draft of a subject. From `asked_at` on it waits and isn't changed.

    `writers`: ids of all who changed it. `revision`: goes up with every change. `alone_reason`:
    why nobody else can approve it; empty where somebody is to. `asked_link_id`: the 中心市 that
    was asked, by the link to it; it is who returned it where `returned_by_id` is empty.
    """

    __tablename__ = "edition_draft"
    __table_args__ = (
        within("changed_by_id", "staff"),
        within("returned_by_id", "staff"),
        within("asked_link_id", "network_link"),
        UniqueConstraint("network_id", "kind", "subject"),
    )

    kind: str = Field(max_length=12)
    subject: str = Field(max_length=12)
    document: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    based_on: int
    revision: int = 1
    writers: list[str] = Field(sa_column=Column(JSON, nullable=False))
    started_at: datetime = Field(sa_type=UTCDateTime)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    changed_by_id: UUID
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    asked_link_id: UUID | None = None
    alone_reason: str = Field(default="", max_length=200)
    return_note: str = Field(default="", max_length=400)
    returned_by_id: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        return self.asked_at is not None


class Publication(NetworkRow, table=True):
    """Who wrote a version and who approved it. Append-only.

    `approved_link_id`: the link to the 中心市 that approved it, in place of a person.
    `alone_reason`: why the writer's own second look had to do.
    """

    __table_args__ = (
        within("approved_by_id", "staff"),
        within("approved_link_id", "network_link"),
        UniqueConstraint("network_id", "kind", "subject", "version"),
    )

    kind: str = Field(max_length=12)
    subject: str = Field(max_length=12)
    version: int
    based_on: int
    writers: list[str] = Field(sa_column=Column(JSON, nullable=False))
    approved_by_id: UUID | None = None
    approved_link_id: UUID | None = None
    alone_reason: str = Field(default="", max_length=200)
    published_at: datetime = Field(sa_type=UTCDateTime)
