"""People who sign in: their accounts, passkeys and sessions."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db import NetworkRow, UTCDateTime, within


class Staff(NetworkRow, table=True):
    """相談員, 主任, 事務局. The sign-in name is one of a kind on the whole server.

    `on_duty_until`: 当番; urgent reports that nobody takes are pushed to whoever is on duty first.
    `trial_sent_at`, `tried_at`: when a trial push to their browser was asked for, and last arrived.
    """

    __table_args__ = (UniqueConstraint("network_id", "sign_in"), UniqueConstraint("sign_in"))

    sign_in: str = Field(max_length=60)
    name: str = Field(max_length=40)
    role: str = Field(max_length=20)
    password_hash: str | None = Field(default=None, max_length=200)
    totp_wrapped: str | None = Field(default=None, max_length=200)
    totp_last_step: int | None = None
    on_duty_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    trial_sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


LONGEST_CALL = timedelta(hours=1)


class DeskPresence(NetworkRow, table=True):
    """When an open page of the desk last asked for this person, and since when they are on the
    telephone (通話中). A call that nobody ended is over after an hour."""

    __tablename__ = "desk_presence"
    __table_args__ = (
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "staff_id"),
    )

    staff_id: UUID
    seen_at: datetime = Field(sa_type=UTCDateTime)
    on_call_since: datetime | None = Field(default=None, sa_type=UTCDateTime)

    def is_on_call(self, now: datetime) -> bool:
        return self.on_call_since is not None and now - self.on_call_since < LONGEST_CALL


class Passkey(NetworkRow, table=True):
    """A WebAuthn credential of a member of staff."""

    __table_args__ = (
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "credential_id"),
        Index("ix_passkey_credential_id", "credential_id"),
    )

    staff_id: UUID
    credential_id: str = Field(max_length=400)
    public_key: str = Field(max_length=600)
    sign_count: int = 0
    label: str = Field(default="", max_length=40)
    created_at: datetime = Field(sa_type=UTCDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Invitation(NetworkRow, table=True):
    """招待. The way in for somebody who has none yet, or lost it; a link holds the secret of which
    this is the hash. It serves once, for 72 hours."""

    __table_args__ = (
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "secret_hash"),
        Index("ix_invitation_secret_hash", "secret_hash"),
    )

    staff_id: UUID
    secret_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class StaffSession(NetworkRow, table=True):
    """Signed in since when, and until when. The cookie holds a secret of which this is the hash."""

    __tablename__ = "staff_session"
    __table_args__ = (
        within("staff_id", "staff"),
        UniqueConstraint("network_id", "secret_hash"),
        Index("ix_staff_session_secret_hash", "secret_hash"),
        Index("ix_staff_session_network_id_staff_id", "network_id", "staff_id", "began_at"),
    )

    staff_id: UUID
    secret_hash: str = Field(max_length=64)
    browser: str = Field(default="", max_length=120)
    began_at: datetime = Field(sa_type=UTCDateTime)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SignInAttempt(NetworkRow, table=True):
    """A failed try, so that guessing is slowed down wherever the server runs. `known_browser`: one
    in which this person signed in before; strangers share the empty one."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        within("staff_id", "staff"),
        Index("ix_sign_in_attempt_network_id_staff_id_at", "network_id", "staff_id", "at"),
    )

    staff_id: UUID
    at: datetime = Field(sa_type=UTCDateTime)
    known_browser: str = Field(default="", max_length=16)
