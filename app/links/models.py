"""連携: two networks that work together. Each keeps its own half."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime


class NetworkLink(NetworkRow, table=True):
    """One network's half. Both halves have the same id, begin and end together, and stay.

    `leads`: this network is the 中心市 or the prefecture. `peer_id`: the other network, which may
    be gone once the link has ended; `peer_name`: its name when it began or ended. `ground`: what
    both agreed on, e.g. 協定書 and its day.
    """

    __tablename__ = "network_link"

    peer_id: UUID
    peer_name: str = Field(max_length=60)
    kind: str = Field(max_length=12)
    leads: bool
    ground: str = Field(max_length=100)
    began_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def role_of_peer(self) -> str:
        """`center`, `around`, `prefecture` or `inside`: what the other network is to this one."""
        if self.leads:
            return "around" if self.kind == "center" else "inside"
        return self.kind
