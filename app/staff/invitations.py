"""招待: a link by which somebody sets a passkey or a password of their own, once, within 72 hours.

Nobody else ever knows that password. What they had before stops counting when they accept, so that
a lost key or a known password opens nothing any more.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from app.audit.commands import record
from app.errors import N_, Invalid, NotFound
from app.staff.models import Invitation, Passkey, Staff
from app.staff.passkeys import passkeys_of
from app.staff.passwords import hash_password, is_long_enough
from app.staff.people import Person, check_first_person, end_sessions
from app.staff.queries import open_invitations

LIFE = timedelta(hours=72)


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    staff: Staff

    @property
    def is_unnamed(self) -> bool:
        """The first person of a new network says who they are."""
        return not self.staff.name


def invite(session: Session, staff: Staff, *, actor: str, now: datetime) -> str:
    """The secret of a new link; earlier links of this person end. Raises Invalid once they left."""
    if staff.ended_at:
        raise Invalid(N_("この担当者は、もう終えています。"))
    for earlier in open_invitations(session, staff.network_id, now, staff):
        earlier.ended_at = now
    secret = secrets.token_urlsafe(24)
    invitation = Invitation(
        network_id=staff.network_id,
        staff_id=staff.id,
        secret_hash=_hash(secret),
        created_at=now,
        ends_at=now + LIFE,
    )
    session.add(invitation)
    session.flush()
    _note(session, staff, "staff.invite", actor, now)
    return secret


def get_invited(session: Session, secret: str, now: datetime) -> Invited:
    """Raises NotFound for a link that is unknown, used or too old."""
    query = select(Invitation).where(Invitation.secret_hash == _hash(secret))
    found = session.exec(query.with_for_update()).first()
    if found and not found.ended_at and found.ends_at > now:
        staff = session.get_one(Staff, (found.network_id, found.staff_id))
        if not staff.ended_at:
            return Invited(found, staff)
    raise NotFound(
        N_(
            "この招待は使えません。72時間が過ぎたか、もう使われています。新しい招待を頼んでください。"
        )
    )


def check_guest(session: Session, invited: Invited, person: Person) -> None:
    """Raises Unfit where the first person of a network says something unusable of themselves."""
    if invited.is_unnamed:
        check_first_person(session, invited.staff, person)


def check_new_password(password: str, again: str) -> None:
    """Raises Invalid."""
    if not is_long_enough(password, has_totp=False):
        raise Invalid(N_("パスワードは15文字以上にしてください。"))
    if password != again:
        raise Invalid(N_("新しいパスワードの2回の入力が違います。"))


def accept_with_password(
    session: Session, invited: Invited, person: Person, password: str, now: datetime
) -> None:
    """Guest and password were checked. `person`: who an unnamed one says they are."""
    _accept(session, invited, person, now)
    invited.staff.password_hash = hash_password(password)


def accept_with_passkey(
    session: Session, invited: Invited, person: Person, passkey: Passkey, now: datetime
) -> None:
    """The guest was checked. The passkey was just added, and is the only one that stays."""
    _accept(session, invited, person, now, keep=passkey)
    invited.staff.password_hash = None


def _accept(
    session: Session,
    invited: Invited,
    person: Person,
    now: datetime,
    keep: Passkey | None = None,
) -> None:
    staff = invited.staff
    if invited.is_unnamed:
        staff.sign_in, staff.name = person.sign_in, person.name
    for passkey in passkeys_of(session, staff):
        if keep is None or passkey.id != keep.id:
            session.delete(passkey)
    staff.totp_wrapped = staff.totp_last_step = None
    end_sessions(session, staff, now)
    invited.invitation.ended_at = now
    _note(session, staff, "staff.invitation_accept", f"staff:{staff.id}", now)


def _note(session: Session, staff: Staff, action: str, actor: str, now: datetime) -> None:
    record(
        session,
        staff.network_id,
        actor=actor,
        action=action,
        object_id=staff.id,
        now=now,
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
