from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from app.db import UTCDateTime


class AuditEntry(SQLModel, table=True):
    """Who did what to which object. Append-only; each entry holds the hash of the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_action", "network_id", "action", "number"),
        Index("ix_audit_entry_actor", "network_id", "actor", "number"),
        Index("ix_audit_entry_object_id", "network_id", "object_id", "number"),
    )

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(max_length=60)
    action: str = Field(max_length=40)
    object_id: str = Field(max_length=60)
    details: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64)
