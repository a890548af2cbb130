"""個人情報の求め: what was asked of whom, and the sealed answer as long as it is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within
from app.disclosures.rules import Ground


class Disclosure(NetworkRow, table=True):
    """One request, answered once. `device_ids`: the phones that were asked, and no others answer.

    `outcome`: the option that was chosen. `consent`: how the person agreed. `sealed`: opens at the
    desk alone, until `erased_at`.
    """

    __table_args__ = (
        within("report_id", "report"),
        within("instruction_id", "instruction"),
        within("asked_by_id", "staff"),
        UniqueConstraint("network_id", "instruction_id"),
        Index("ix_disclosure_network_id_report_id", "network_id", "report_id"),
    )

    report_id: UUID
    instruction_id: UUID
    asked_by_id: UUID
    asker: str = Field(max_length=60)
    ground: str = Field(max_length=12)
    items: list[str] = Field(sa_column=Column(JSON, nullable=False))
    other_item: str = Field(default="", max_length=60)
    purpose: str = Field(max_length=12)
    purpose_text: str = Field(default="", max_length=120)
    device_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))
    asked_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome: str = Field(default="", max_length=12)
    consent: str = Field(default="", max_length=12)
    sealed: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    transcribed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def asks_consent(self) -> bool:
        return self.ground == Ground.CONSENT

    @property
    def refusals(self) -> tuple[str, ...]:
        return Ground(self.ground).refusals

    def state_at(self, now: datetime) -> str:
        if self.erased_at:
            return "erased"
        if self.answered_at:
            return "given" if self.sealed else "refused"
        return "expired" if self.expires_at <= now else "waiting"
