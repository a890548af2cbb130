"""Accounts, and the door they come in by."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from app.audit.commands import record
from app.errors import N_, Invalid, TooMany
from app.networks.scope import in_network
from app.sealing.custody import MasterKey
from app.staff.known_browsers import KnownBrowser
from app.staff.models import SignInAttempt, Staff
from app.staff.passwords import hash_password, is_long_enough, password_matches
from app.staff.permissions import Role
from app.staff.second_factor import use_code
from app.web.text import one_line

WINDOW = timedelta(minutes=15)
TRIES = 8


def create_staff(
    session: Session,
    network_id: UUID,
    *,
    sign_in: str,
    name: str,
    role: Role,
    password: str | None,
    now: datetime,
) -> Staff:
    if password is not None and not is_long_enough(password, has_totp=False):
        raise Invalid(N_("パスワードは15文字以上にしてください。"))
    staff = Staff(
        network_id=network_id,
        sign_in=sign_in,
        name=name,
        role=role,
        password_hash=hash_password(password) if password else None,
        created_at=now,
    )
    session.add(staff)
    session.flush()
    return staff


def find_by_sign_in(session: Session, sign_in: str) -> Staff | None:
    query = select(Staff).where(
        Staff.sign_in == one_line(sign_in).strip(), col(Staff.ended_at).is_(None)
    )
    return session.exec(query).first()


def is_password_right(
    session: Session, sign_in: str, password: str, browser: KnownBrowser, now: datetime
) -> bool:
    """A fifth of a second of CPU: to be asked before a transaction takes its turn to write.

    Raises TooMany while guessing, before any work is done.
    """
    staff = find_by_sign_in(session, sign_in)
    if staff and recent_failures(session, staff, browser.get(str(staff.id), ""), now) >= TRIES:
        raise TooMany(N_("何度も違っていたため、15分ほど受け付けられません。"))
    return password_matches(password, staff.password_hash if staff else None)


def check_sign_in(
    session: Session,
    master: MasterKey,
    sign_in: str,
    right: bool,
    code: str,
    browser: KnownBrowser,
    now: datetime,
) -> Staff | None:
    """The member of staff, or None after noting the failed try."""
    staff = find_by_sign_in(session, sign_in)
    if staff is None:
        return None
    if right and (staff.totp_wrapped is None or use_code(session, master, staff, code, now)):
        return staff
    note_failure(session, staff, browser.get(str(staff.id), ""), now)
    note_sign_in(session, staff, "refused", now)
    return None


def note_failure(session: Session, staff: Staff, browser: str, now: datetime) -> None:
    ids = {"network_id": staff.network_id, "staff_id": staff.id}
    session.add(SignInAttempt(**ids, at=now, known_browser=browser))


def recent_failures(session: Session, staff: Staff, browser: str, now: datetime) -> int:
    """In this one of their browsers; "" is all that aren't theirs."""
    recent = in_network(SignInAttempt, staff.network_id).where(
        SignInAttempt.staff_id == staff.id,
        SignInAttempt.known_browser == browser,
        col(SignInAttempt.at) > now - WINDOW,
    )
    return len(session.exec(recent.limit(TRIES)).all())


def note_sign_in(session: Session, staff: Staff, how: str, now: datetime) -> None:
    record(
        session,
        staff.network_id,
        actor=f"staff:{staff.id}",
        action="staff.sign_in",
        object_id=staff.id,
        now=now,
        details={"how": how},
    )
