"""Who sits at the desk: an open page asks every so often. 通話中: present, but not to be called."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.networks.scope import in_network
from app.staff.models import DeskPresence
from app.web.access import StaffActor

HERE = timedelta(seconds=60)
SELDOM = timedelta(seconds=20)


def be_present(session: Session, actor: StaffActor, now: datetime) -> None:
    """Written every 20 seconds at most."""
    presence = _presence_of(session, actor, now)
    if now - presence.seen_at >= SELDOM:
        presence.seen_at = now


def set_on_call(session: Session, actor: StaffActor, is_on: bool, now: datetime) -> None:
    """Twice is once."""
    presence = _presence_of(session, actor, now)
    presence.seen_at = now
    if is_on != presence.is_on_call(now):
        presence.on_call_since = now if is_on else None


def find_presence(session: Session, network_id: UUID, staff_id: UUID) -> DeskPresence | None:
    query = in_network(DeskPresence, network_id).where(DeskPresence.staff_id == staff_id)
    return session.exec(query).first()


def is_on_call(session: Session, actor: StaffActor, now: datetime) -> bool:
    me = find_presence(session, actor.network_id, actor.id)
    return me is not None and me.is_on_call(now)


def calls_of(network_id: UUID, staff_id: UUID, since: datetime) -> SelectOfScalar[DeskPresence]:
    """The call that they are on, if it began after that."""
    return in_network(DeskPresence, network_id).where(
        DeskPresence.staff_id == staff_id, col(DeskPresence.on_call_since) > since
    )


def at_desk(session: Session, network_id: UUID, now: datetime) -> list[DeskPresence]:
    """Everybody whose page asked within the last minute, on a call or not."""
    query = in_network(DeskPresence, network_id).where(col(DeskPresence.seen_at) > now - HERE)
    return list(session.exec(query))


def is_anybody_free(session: Session, network_id: UUID, now: datetime) -> bool:
    return any(not one.is_on_call(now) for one in at_desk(session, network_id, now))


def on_call(session: Session, network_id: UUID, now: datetime) -> set[UUID]:
    """Who is on the telephone; also where their page is closed meanwhile."""
    query = in_network(DeskPresence, network_id).where(col(DeskPresence.on_call_since).is_not(None))
    return {one.staff_id for one in session.exec(query) if one.is_on_call(now)}


def _presence_of(session: Session, actor: StaffActor, now: datetime) -> DeskPresence:
    if known := find_presence(session, actor.network_id, actor.id):
        return known
    presence = DeskPresence(network_id=actor.network_id, staff_id=actor.id, seen_at=now)
    session.add(presence)
    session.flush()
    return presence
