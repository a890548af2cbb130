"""The tenant: one municipality, a wide-area group, or a prefecture."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from app.db import UTCDateTime
from app.ids import new_id
from app.networks.kinds import NetworkKind


class Network(SQLModel, table=True):
    """見守りネットワーク. Everything else belongs to one.

    `municipality`: its name, or what several call themselves together, or the prefecture's.
    `municipalities`: their names, where the network is of several.
    `follow_up`: times that differ from the usual ones (instructions.times).
    `standings`: industry → the standing its organizations usually have here.
    `setup_saved`: steps of the first run that were saved; `setup_ended_at`: when it was done.
    `claim_minutes`, `urgent_claim_minutes`: after how long a forgotten claim returns to the list.
    `notes_holders`: the clerk may note who has a badge.
    `flood_in_ten_minutes`, `flood_in_a_day`: more reports than that from one badge are a flood.
    `personal_data`: whether it may be asked for at all; `asked_items`: which (app.disclosures).
    `retention`: days by kind that differ from the usual ones (networks.retention).
    """

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True, max_length=40)
    kind: str = Field(default=NetworkKind.MUNICIPALITY, max_length=12)
    municipality: str = Field(max_length=60)
    municipalities: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    name: str = Field(max_length=80)
    center_name: str = Field(max_length=80)
    center_tel: str = Field(max_length=20)
    police_name: str = Field(default="", max_length=60)
    police_tel: str = Field(default="", max_length=20)
    houkatsu_name: str = Field(default="", max_length=80)
    houkatsu_tel: str = Field(default="", max_length=20)
    office_name: str = Field(default="", max_length=80)
    office_tel: str = Field(default="", max_length=20)
    hours: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    quiet_from: str = Field(default="22:00", max_length=5)
    quiet_until: str = Field(default="07:00", max_length=5)
    follow_up: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    retention: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    claim_minutes: int = 15
    urgent_claim_minutes: int = 5
    pairing_policy: str = Field(default="workplace_code", max_length=20)
    standings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    setup_saved: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    setup_ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    secrecy_version: int = 1
    notes_holders: bool = False
    personal_data: bool = False
    asked_items: list[str] = Field(
        default_factory=lambda: ["name", "address", "telephone", "age_band", "other"],
        sa_column=Column(JSON, nullable=False),
    )
    backed_up_through: int = 0
    flood_in_ten_minutes: int = 10
    flood_in_a_day: int = 30
    created_at: datetime = Field(sa_type=UTCDateTime)

    @property
    def is_wide(self) -> bool:
        return self.kind == NetworkKind.WIDE_AREA

    @property
    def area(self) -> str:
        """For whoever looks for the name of their own town: 青波広域(青波市・北山町)."""
        if not self.municipalities:
            return self.municipality
        return f"{self.municipality}({self.of})"

    @property
    def of(self) -> str:
        """青波市, or 青波市・北山町."""
        return "・".join(self.municipalities) or self.municipality

    @property
    def head(self) -> str:
        """Who signs: 青波市の長, 青波市・北山町の長, 潮騒県知事."""
        if self.kind == NetworkKind.PREFECTURE:
            return f"{self.municipality}知事"
        return f"{self.of}の長"

    @property
    def lost_to(self) -> str:
        """Where a badge that was found is to be brought."""
        return self.office_name or self.center_name

    @property
    def lost_tel(self) -> str:
        return self.office_tel or self.center_tel

    @property
    def variables(self) -> dict[str, str]:
        """What {{variables}} in checklists and templates stand for here."""
        return {
            "center_name": self.center_name,
            "center_tel": self.center_tel,
            "police_tel": self.police_tel or "#9110",
            "houkatsu_name": self.houkatsu_name or self.center_name,
            "houkatsu_tel": self.houkatsu_tel or self.center_tel,
        }


class Counter(SQLModel, table=True):
    """The last number given out, per network and kind. Its row is also the queue for the number."""

    network_id: UUID = Field(primary_key=True, foreign_key="network.id")
    kind: str = Field(primary_key=True, max_length=20)
    value: int = 0


class Epoch(SQLModel, table=True):
    """A random id made when a database is made and at every restore; the newest one counts."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    began_at: datetime = Field(sa_type=UTCDateTime)
