"""終わり方: how a report ended, what it saved, and what may be made of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Outcome(NetworkRow, table=True):
    """How a report ended. Append-only: a correction is the next `number`, with its `reason`; the
    highest one stands. `connections`: codes of codes.yaml; none is なし.

    `stopped_yen` (K7): not paid, with `grade` A, B or C. `recovered_yen` (K8): came back.
    """

    __tablename__ = "report_outcome"
    __table_args__ = (
        within("report_id", "report"),
        within("author_id", "staff"),
        UniqueConstraint("network_id", "report_id", "number"),
    )

    report_id: UUID
    number: int
    code: str = Field(max_length=16)
    connections: list[str] = Field(sa_column=Column(JSON, nullable=False))
    stopped_yen: int | None = Field(default=None, sa_type=BigInteger)
    grade: str = Field(default="", max_length=1)
    recovered_yen: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = Field(default="", max_length=200)
    author_id: UUID
    written_at: datetime = Field(sa_type=UTCDateTime)


class Candidate(NetworkRow, table=True):
    """候補. A closed report from which a good-practice card or a bulletin may be made, and why.
    Nothing is published by it. `withdrawn_at`: not a candidate any more."""

    __table_args__ = (
        within("report_id", "report"),
        within("author_id", "staff"),
        UniqueConstraint("network_id", "report_id", "kind"),
        Index("ix_candidate_listed", "network_id", "withdrawn_at", "marked_at"),
    )

    report_id: UUID
    kind: str = Field(max_length=16)
    reason: str = Field(max_length=200)
    author_id: UUID
    marked_at: datetime = Field(sa_type=UTCDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
