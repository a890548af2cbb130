"""What a person changes about their own account: the password, and where they are signed in."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.errors import N_, Invalid, NotFound, TooMany
from app.networks.scope import get_row
from app.staff.commands import TRIES, note_failure, recent_failures
from app.staff.models import Staff, StaffSession
from app.staff.passwords import hash_password, is_long_enough, password_matches
from app.staff.sessions import end_session, open_sessions
from app.web.access import StaffActor

INSIDE = "signed-in"
"""Whoever has a session has tries of their own: what strangers guess at the door isn't theirs."""


def confirm_password(session: Session, staff: Staff, password: str, now: datetime) -> None:
    """Raises Invalid after noting the failed try, and TooMany while guessing."""
    if recent_failures(session, staff, INSIDE, now) >= TRIES:
        raise TooMany(N_("何度も違っていたため、15分ほど受け付けられません。"))
    if password_matches(password, staff.password_hash):
        return
    note_failure(session, staff, INSIDE, now)
    raise Invalid(N_("今のパスワードが違います。"))


def change_password(
    session: Session, staff: Staff, actor: StaffActor, new: str, now: datetime
) -> None:
    """Signs the person out everywhere else. Raises Invalid if the new one is too short."""
    if not is_long_enough(new, has_totp=staff.totp_wrapped is not None):
        raise Invalid(too_short(staff))
    staff.password_hash = hash_password(new)
    others = [one for one in open_sessions(session, actor, now) if one.id != actor.session_id]
    for one in others:
        one.ended_at = now
    record(
        session,
        staff.network_id,
        actor=f"staff:{staff.id}",
        action="staff.password_change",
        object_id=staff.id,
        now=now,
        details={"sessions_ended": len(others)},
    )


def too_short(staff: Staff) -> str:
    if staff.totp_wrapped is not None:
        return N_("パスワードは8文字以上にしてください。")
    return N_("パスワードは15文字以上にしてください。")


def end_own_session(session: Session, actor: StaffActor, session_id: UUID, now: datetime) -> None:
    """Ending an ended one changes nothing. Raises NotFound, also for somebody else's."""
    found = get_row(session, StaffSession, actor.network_id, session_id)
    if found.staff_id != actor.id:
        raise NotFound(N_("見つかりません。"))
    if found.ended_at:
        return
    end_session(session, actor.network_id, found.id, now)
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action="staff.session_end",
        object_id=found.id,
        now=now,
    )
