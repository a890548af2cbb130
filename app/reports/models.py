"""第1報. What a worker saw: ticks and coarse answers, and nobody's name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, UniqueConstraint, column
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within

WITHOUT_PHONE = frozenset({"phoned", "paper"})
OPEN = column("closed_at").is_(None)
QUIETED = column("quieted_at").is_not(None) & OPEN
LISTED = column("quieted_at").is_(None) & OPEN
BROUGHT_BY_STAFF = WITHOUT_PHONE | {"rescued"}


def _among_open(name: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=OPEN, postgresql_where=OPEN)


class Report(NetworkRow, table=True):
    """A report that the server has. `id` is the phone's own report_id.

    `envelope` and `receipt` are kept byte for byte; `seq` is the receipt number, in order.
    `note_erased_at`: since then the envelope lacks its note, which had been kept long enough.
    `case_id`: 同じ件, the same for all reports that were put together as one case; no table's id.
    `quieted_at`: since then it is listed among those of a badge that floods, and rings no more.
    """

    __table_args__ = (
        within("device_id", "device"),
        within("badge_id", "badge"),
        within("workplace_id", "workplace"),
        within("claimed_by_id", "staff"),
        UniqueConstraint("network_id", "seq"),
        Index("ix_report_open", "network_id", "closed_at", "rank", "seq"),
        Index(
            "ix_report_inbox",
            "network_id",
            column("rank").desc(),
            "seq",
            "id",
            sqlite_where=LISTED,
            postgresql_where=LISTED,
        ),
        _among_open("ix_report_open_seq", "network_id", "seq"),
        _among_open("ix_report_open_received", "network_id", "received_at", "seq"),
        _among_open("ix_report_open_claimed", "network_id", "claimed_by_id", "seq"),
        Index("ix_report_network_id_device_id_seq", "network_id", "device_id", "seq"),
        Index("ix_report_device_seq", "network_id", "device_id", "device_seq"),
        Index("ix_report_network_id_badge_id_seq", "network_id", "badge_id", "seq"),
        Index("ix_report_network_id_workplace_id_seq", "network_id", "workplace_id", "seq"),
        Index("ix_report_network_id_category_seq", "network_id", "category", "seq"),
        Index(
            "ix_report_network_id_case_id",
            "network_id",
            "case_id",
            sqlite_where=column("case_id").is_not(None),
            postgresql_where=column("case_id").is_not(None),
        ),
        Index(
            "ix_report_quieted",
            "network_id",
            "seq",
            sqlite_where=QUIETED,
            postgresql_where=QUIETED,
        ),
    )

    seq: int
    fingerprint: str = Field(max_length=43)
    envelope: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    receipt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    device_id: UUID
    badge_id: UUID
    workplace_id: UUID
    industry: str = Field(max_length=12)
    checklist_version: int
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    category: str = Field(max_length=20)
    headline: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    urgency: str = Field(max_length=6)
    rank: int
    flags: list[str] = Field(sa_column=Column(JSON, nullable=False))
    has_note: bool = False
    device_seq: int = Field(sa_type=BigInteger)
    client_at: datetime = Field(sa_type=UTCDateTime)
    received_at: datetime = Field(sa_type=UTCDateTime)
    received_open: bool
    claimed_by_id: UUID | None = None
    claimed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    note_erased_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    case_id: UUID | None = None
    quieted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def receipt_no(self) -> str:
        return receipt_number(self.seq)

    @property
    def seen_at(self) -> datetime:
        """When the worker saw it, unless the phone's clock is known to be wrong."""
        return self.received_at if "clock" in self.flags else self.client_at

    @property
    def came_without_phone(self) -> bool:
        """Staff typed it in: its device only stands in for one."""
        return not WITHOUT_PHONE.isdisjoint(self.flags)

    @property
    def customer_is_here(self) -> bool:
        return self.answers.get("still_here") == "yes"

    @property
    def is_at_counter(self) -> bool:
        """いま目の前: urgent with the customer there, or the payment is under way."""
        is_paying = self.answers.get("stage") == "during"
        return is_paying or (self.customer_is_here and self.urgency == "now")


class Intake(NetworkRow, table=True):
    """聞き取り. A report that staff typed in. `way`: it was `phoned`, or written on `paper`.
    `said_number`: whoever brought it told the number of a badge."""

    __tablename__ = "report_intake"
    __table_args__ = (
        within("report_id", "report"),
        within("typed_by_id", "staff"),
        UniqueConstraint("network_id", "report_id"),
    )

    report_id: UUID
    way: str = Field(max_length=6)
    said_number: bool
    typed_by_id: UUID
    typed_at: datetime = Field(sa_type=UTCDateTime)


class PastReport(NetworkRow, table=True):
    """What stays of a report that was kept long enough: what statistics count, and no phone, badge,
    answer or word. `id`, `fingerprint` and `receipt` stay so that a phone which offers it once more
    is answered as before, and nothing arrives twice. `way`: of one that staff typed in. How it
    ended stays as outcomes.models.Outcome says it; `outcome` is empty where nobody
    wrote it down."""

    __tablename__ = "past_report"
    __table_args__ = (
        within("workplace_id", "workplace"),
        UniqueConstraint("network_id", "seq"),
        Index("ix_past_report_network_id_received_at", "network_id", "received_at"),
    )

    seq: int
    fingerprint: str = Field(max_length=43)
    receipt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    workplace_id: UUID
    industry: str = Field(max_length=12)
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    category: str = Field(max_length=20)
    urgency: str = Field(max_length=6)
    received_at: datetime = Field(sa_type=UTCDateTime)
    received_open: bool
    claimed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    way: str = Field(default="", max_length=6)
    outcome: str = Field(default="", max_length=16)
    connections: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    stopped_yen: int | None = Field(default=None, sa_type=BigInteger)
    grade: str = Field(default="", max_length=1)
    recovered_yen: int | None = Field(default=None, sa_type=BigInteger)
    erased_at: datetime = Field(sa_type=UTCDateTime)


class ReportConflict(NetworkRow, table=True):
    """A second, different envelope under a report's id: both are kept, this one in quarantine."""

    __tablename__ = "report_conflict"
    __table_args__ = (
        within("report_id", "report"),
        within("reviewed_by_id", "staff"),
        UniqueConstraint("network_id", "report_id", "fingerprint"),
    )

    report_id: UUID
    fingerprint: str = Field(max_length=43)
    envelope: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime = Field(sa_type=UTCDateTime)
    reviewed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reviewed_by_id: UUID | None = None


class DeviceGap(NetworkRow, table=True):
    """未着の可能性. Numbers a phone gave out that did not arrive, while later ones did."""

    __tablename__ = "device_gap"
    __table_args__ = (
        within("device_id", "device"),
        within("badge_id", "badge"),
        within("dismissed_by_id", "staff"),
        Index("ix_device_gap_network_id_device_id", "network_id", "device_id"),
        Index("ix_device_gap_waiting", "network_id", "dismissed_at", "noticed_at"),
    )

    device_id: UUID
    badge_id: UUID
    first_number: int = Field(sa_type=BigInteger)
    last_number: int = Field(sa_type=BigInteger)
    noticed_at: datetime = Field(sa_type=UTCDateTime)
    dismissed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    dismissed_by_id: UUID | None = None
    reason: str = Field(default="", max_length=20)


def receipt_number(seq: int) -> str:
    return f"K-{seq:04d}"
