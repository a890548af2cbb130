from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime


class ChecklistVersion(NetworkRow, table=True):
    """One published version of one industry's checklist; never changed once phones have it."""

    __tablename__ = "checklist_version"
    __table_args__ = (UniqueConstraint("network_id", "industry", "version"),)

    industry: str = Field(max_length=12)
    version: int
    document: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    published_at: datetime = Field(sa_type=UTCDateTime)
