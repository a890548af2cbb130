from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime


class SealingKey(NetworkRow, table=True):
    """A network's key pair. The private half is stored only wrapped by the master key, and is
    gone (empty) once the key was retired for longer than it has to open anything."""

    __tablename__ = "sealing_key"
    __table_args__ = (UniqueConstraint("network_id", "kid"),)

    kid: str = Field(max_length=20)
    public_key: str = Field(max_length=120)
    private_wrapped: str = Field(max_length=400)
    created_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    compromised_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
