"""Server-side sessions: a random secret in a cookie, its hash in the database, revocable."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from app.networks.scope import in_network
from app.staff.models import Staff, StaffSession
from app.staff.permissions import PERMISSIONS, Role
from app.web.access import StaffActor

COOKIE = "nafuda_staff"
LONGEST = timedelta(hours=12)


def cookie_name(secure: bool) -> str:
    return f"__Host-{COOKIE}" if secure else COOKIE


def begin_session(session: Session, staff: Staff, browser: str, now: datetime) -> str:
    """A new session for this member of staff; returns the secret for the cookie."""
    secret = secrets.token_urlsafe(32)
    session.add(
        StaffSession(
            network_id=staff.network_id,
            staff_id=staff.id,
            secret_hash=_hash(secret),
            browser=browser[:120],
            began_at=now,
            ends_at=now + LONGEST,
        )
    )
    session.flush()
    return secret


def give_cookie(response: Response, secret: str, secure: bool) -> None:
    response.set_cookie(
        cookie_name(secure),
        secret,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        secure=secure,
        samesite="lax",
        path="/",
    )


def find_staff(request: Request, session: Session) -> StaffActor | None:
    """Who is signed in on this browser, if the session still holds."""
    secret = request.cookies.get(cookie_name(request.app.state.settings.secure))
    if not secret:
        return None
    now: datetime = request.app.state.clock()
    found = session.exec(
        select(StaffSession).where(StaffSession.secret_hash == _hash(secret))
    ).first()
    if found is None or found.ended_at or found.ends_at <= now:
        return None
    staff = session.get_one(Staff, (found.network_id, found.staff_id))
    if staff.ended_at:
        return None
    role = Role(staff.role)
    return StaffActor(staff.network_id, staff.id, staff.name, role, PERMISSIONS[role], found.id)


def end_session(session: Session, network_id: UUID, session_id: UUID, now: datetime) -> None:
    found = session.get(StaffSession, (network_id, session_id))
    if found and not found.ended_at:
        found.ended_at = now


def open_sessions(session: Session, actor: StaffActor, now: datetime) -> list[StaffSession]:
    mine = in_network(StaffSession, actor.network_id).where(
        StaffSession.staff_id == actor.id,
        col(StaffSession.ended_at).is_(None),
        col(StaffSession.ends_at) > now,
    )
    return list(session.exec(mine.order_by(col(StaffSession.began_at).desc())))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
