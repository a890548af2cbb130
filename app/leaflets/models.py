"""啓発物: what there is to give out, who asked for how many, and where it hangs or lies."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Leaflet(NetworkRow, table=True):
    """啓発物, one kind. `stock`: how many copies the office has, never below none."""

    __table_args__ = (CheckConstraint("stock >= 0", name="stock"),)

    name: str = Field(max_length=120)
    stock: int
    created_at: datetime = Field(sa_type=UTCDateTime)


class LeafletOrder(NetworkRow, table=True):
    """注文 of a workplace. Open until it was `sent` or `handed` over (`given_as`), or cancelled."""

    __tablename__ = "leaflet_order"
    __table_args__ = (
        within("leaflet_id", "leaflet"),
        within("workplace_id", "workplace"),
        Index("ix_leaflet_order_network_id_workplace_id", "network_id", "workplace_id"),
    )

    leaflet_id: UUID
    workplace_id: UUID
    quantity: int
    wanted_on: date | None = None
    ordered_at: datetime = Field(sa_type=UTCDateTime)
    given_on: date | None = None
    given_as: str = Field(default="", max_length=8)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def is_open(self) -> bool:
        return self.given_on is None and self.cancelled_at is None


class Placement(NetworkRow, table=True):
    """設置: where at a workplace it hangs or lies, since when, and until when."""

    __tablename__ = "leaflet_placement"
    __table_args__ = (
        within("leaflet_id", "leaflet"),
        within("workplace_id", "workplace"),
        Index("ix_leaflet_placement_network_id_workplace_id", "network_id", "workplace_id"),
    )

    leaflet_id: UUID
    workplace_id: UUID
    place: str = Field(max_length=120)
    since_on: date
    ended_on: date | None = None
