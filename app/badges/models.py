"""Badges, the phones that were paired with them, and what pairs one more app of such a phone."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.badges.rules import BadgeKind, BadgeState, StopReason
from app.db import NetworkRow, UTCDateTime, within
from app.ids import new_id

TRIAL_LIFE = timedelta(minutes=10)


class Badge(NetworkRow, table=True):
    """名札. A public number on the front, a secret code on the back.

    `handed_over_at`: 引渡し済み, since a trial push arrived on its holder's phone (`push`), or it
    is recorded that they have none (`no_phone`). `kind`: a person's, or shared at a counter.
    `holder_note`: who has it, for the clerk alone, where the network keeps that at all.
    `counted_through`: up to this number of its phones reports were let go in time; none of them is
    missing. `wrong_guesses`: at its workplace's code, in the hour that began at `guessed_since`.
    `quiet_since`: it floods the centre (reports.floods). `heard_again_at`: since a counsellor said
    that it doesn't, its reports are counted anew.
    """

    __table_args__ = (
        within("workplace_id", "workplace"),
        within("replaces_id", "badge"),
        UniqueConstraint("network_id", "number"),
        UniqueConstraint("network_id", "code"),
        Index("ix_badge_code", "code"),
        Index("ix_badge_number", "number"),
        Index("ix_badge_network_id_workplace_id", "network_id", "workplace_id"),
    )

    workplace_id: UUID
    number: str = Field(max_length=8)
    code: str = Field(max_length=11)
    state: str = Field(default=BadgeState.ISSUED, max_length=10)
    valid_until: date
    issued_at: datetime = Field(sa_type=UTCDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    replaces_id: UUID | None = None
    handed_over_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    handed_over_as: str = Field(default="", max_length=10)
    kind: str = Field(default=BadgeKind.PERSONAL, max_length=10)
    call_name: str = Field(default="", max_length=12)
    holder_note: str = Field(default="", max_length=60)
    stop_reason: str = Field(default="", max_length=10)
    counted_through: int = Field(default=0, sa_type=BigInteger)
    wrong_guesses: int = 0
    guessed_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    quiet_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    heard_again_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    @property
    def is_stopped(self) -> bool:
        return self.state == BadgeState.STOPPED

    @property
    def is_unnumbered(self) -> bool:
        """It stands for no badge at all: the report came without a number."""
        return self.stop_reason == StopReason.UNNUMBERED

    @property
    def is_shared(self) -> bool:
        return self.kind == BadgeKind.SHARED

    def use(self, now: datetime) -> None:
        self.last_used_at = now
        if not self.is_stopped:
            self.state = BadgeState.IN_USE


class Device(NetworkRow, table=True):
    """端末. One browser profile or one installed app.

    `off_duty_until`: its holder pressed きょうは終わり; nothing is pushed before then.
    What it says of itself on every open: `permission` (as Notification.permission, or unsupported),
    `platform` (ios, android, other), and whether it runs as an installed app.
    `trial_sent_at`, `tried_at`: when a trial push was last asked for, and last arrived.
    `handovers`: how many other apps were paired from it; each one ends the tokens before it.
    `counted_through`: the highest number of its reports that were let go in time.
    """

    last_heard_at: datetime = Field(sa_type=UTCDateTime)
    created_at: datetime = Field(sa_type=UTCDateTime)
    language: str = Field(default="ja", max_length=4)
    off_duty_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    permission: str = Field(default="", max_length=12)
    platform: str = Field(default="", max_length=8)
    is_installed: bool = False
    trial_sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    handovers: int = 0
    counted_through: int = Field(default=0, sa_type=BigInteger)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    def awaits_trial_at(self, now: datetime) -> bool:
        """A trial push was sent, still lives, and hasn't arrived."""
        sent = self.trial_sent_at
        if sent is None or sent + TRIAL_LIFE <= now:
            return False
        return self.tried_at is None or self.tried_at < sent

    def off_duty_at(self, now: datetime) -> datetime | None:
        """Until when its holder is off duty; None while they are on."""
        until = self.off_duty_until
        return until if until and until > now else None


class Pairing(NetworkRow, table=True):
    """端末の登録. Which badge a device speaks for, and what its holder agreed to.

    `has_inbox` is False for a phone that reported without the workplace code (未登録端末).
    """

    __table_args__ = (
        within("device_id", "device"),
        within("badge_id", "badge"),
        Index("ix_pairing_network_id_badge_id", "network_id", "badge_id"),
        Index("ix_pairing_network_id_device_id", "network_id", "device_id"),
    )

    device_id: UUID
    badge_id: UUID
    call_name: str = Field(default="", max_length=12)
    agreed_version: int
    agreed_language: str = Field(max_length=4)
    has_inbox: bool
    paired_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class HandoverNumber(NetworkRow, table=True):
    """引き継ぎ番号. The number follows from the row's id and our key, so only digests are kept.

    `half`: of the first three digits. A wrong number that begins with them is a try at this one.
    """

    __tablename__ = "handover_number"
    __table_args__ = (
        within("device_id", "device"),
        within("badge_id", "badge"),
        Index("ix_handover_number_half", "half", "ends_at"),
        Index("ix_handover_number_network_id_device_id", "network_id", "device_id"),
    )

    device_id: UUID
    badge_id: UUID
    half: str = Field(max_length=64)
    digest: str = Field(max_length=64)
    ends_at: datetime = Field(sa_type=UTCDateTime)
    wrong_tries: int = 0


class HandoverTry(SQLModel, table=True):
    """A wrong number, which belongs to no network. Of whoever typed it, digests for a day."""

    __tablename__ = "handover_try"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    address: str = Field(max_length=64)
    neighbours: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime, index=True)


class NumberLookup(SQLModel, table=True):
    """Somebody asked whether a badge's number is genuine. For a day, digests of who it was."""

    __tablename__ = "number_lookup"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    address: str = Field(max_length=64)
    neighbours: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime, index=True)


class Promise(NetworkRow, table=True):
    """お約束. One version of what is promised: by standing and language, a line for each."""

    __table_args__ = (UniqueConstraint("network_id", "version"),)

    version: int
    texts: dict[str, dict[str, str]] = Field(sa_column=Column(JSON, nullable=False))
    written_at: datetime = Field(sa_type=UTCDateTime)


class Agreement(NetworkRow, table=True):
    """秘密保持の確認 under one badge, or by an organization's representative (no badge, `signer`).

    `method`: on the phone's `screen`, in `language`, or on `paper`, entered by the clerk. Kept for
    five years after they leave.
    """

    __table_args__ = (
        within("organization_id", "organization"),
        within("badge_id", "badge"),
        Index("ix_agreement_network_id_badge_id", "network_id", "badge_id"),
        Index("ix_agreement_network_id_organization_id", "network_id", "organization_id"),
    )

    organization_id: UUID
    badge_id: UUID | None = None
    version: int
    method: str = Field(max_length=8)
    language: str = Field(default="", max_length=4)
    signer: str = Field(default="", max_length=60)
    agreed_on: date
    recorded_at: datetime = Field(sa_type=UTCDateTime)
