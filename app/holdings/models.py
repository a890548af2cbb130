"""What is noted of all that a network holds: exports, nights of letting go, the wish to end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.db import NetworkRow, UTCDateTime, within


class DataExport(NetworkRow, table=True):
    """全データの書き出し. A file for a day, in parts; what it held stays noted.

    `rows` of `total` are written. `letters`: how many characters CP932 couldn't hold.
    """

    __tablename__ = "data_export"
    __table_args__ = (
        within("asked_by_id", "staff"),
        Index("ix_data_export_network_id_asked_at", "network_id", "asked_at"),
    )

    asked_by_id: UUID
    asked_at: datetime = Field(sa_type=UTCDateTime)
    with_codes: bool = False
    rows: int = 0
    total: int = 0
    size: int = 0
    letters: int = 0
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DataExportPart(SQLModel, table=True):
    """A piece of the file, so that no process has to hold it whole."""

    __tablename__ = "data_export_part"
    __table_args__ = (within("export_id", "data_export"),)

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    export_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class RetentionRun(NetworkRow, table=True):
    """A night in which was let go what had been kept long enough. `counts`: by kind."""

    __tablename__ = "retention_run"
    __table_args__ = (Index("ix_retention_run_network_id_began_at", "network_id", "began_at"),)

    began_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    counts: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class ClosingRequest(NetworkRow, table=True):
    """契約終了の申し込み. The clerk asks on the screen, whoever runs the server does it."""

    __tablename__ = "closing_request"
    __table_args__ = (within("asked_by_id", "staff"), within("withdrawn_by_id", "staff"))

    asked_by_id: UUID
    asked_at: datetime = Field(sa_type=UTCDateTime)
    reason: str = Field(max_length=200)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    withdrawn_by_id: UUID | None = None
