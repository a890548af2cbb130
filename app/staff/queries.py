"""Finding people who sign in, by what they do."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.networks.scope import in_network
from app.staff.models import Invitation, Passkey, Staff, StaffSession
from app.staff.permissions import Role


def supervisors(session: Session, network_id: UUID) -> list[Staff]:
    """主任 who can sign in."""
    return _with_role(session, network_id, Role.SUPERVISOR)


def on_duty(session: Session, network_id: UUID, now: datetime) -> list[Staff]:
    """当番: counsellors and supervisors who said that they are."""
    query = _active(network_id).where(
        col(Staff.on_duty_until) > now, col(Staff.role).in_([Role.COUNSELLOR, Role.SUPERVISOR])
    )
    return list(session.exec(query.order_by(col(Staff.created_at))))


def counsellors(session: Session, network_id: UUID) -> list[Staff]:
    """相談員 who can sign in."""
    return _with_role(session, network_id, Role.COUNSELLOR)


def clerks(session: Session, network_id: UUID, *, lock: bool = False) -> list[Staff]:
    """事務局 who can sign in. `lock`: none of them stops being one before this transaction ends."""
    return _with_role(session, network_id, Role.CLERK, lock=lock)


def everybody(session: Session, network_id: UUID) -> list[Staff]:
    """Those who left come last."""
    query = in_network(Staff, network_id).order_by(
        col(Staff.ended_at).is_not(None), col(Staff.created_at), col(Staff.id)
    )
    return list(session.exec(query))


def names_of(session: Session, network_id: UUID, ids: set[UUID | None]) -> dict[UUID | None, str]:
    """Nobody's is empty."""
    people = in_network(Staff, network_id).where(col(Staff.id).in_(ids - {None}))
    names = people.with_only_columns(col(Staff.id), col(Staff.name))
    return {None: ""} | {one.id: one.name for one in session.execute(names)}


def all_open_sessions(session: Session, staff: Staff, now: datetime) -> list[StaffSession]:
    """Newest first."""
    query = in_network(StaffSession, staff.network_id).where(
        StaffSession.staff_id == staff.id,
        col(StaffSession.ended_at).is_(None),
        col(StaffSession.ends_at) > now,
    )
    return list(session.exec(query.order_by(col(StaffSession.began_at).desc())))


def last_sign_ins(session: Session, network_id: UUID) -> dict[UUID, datetime]:
    """By person: when their newest session began."""
    newest = (
        select(func.max(StaffSession.began_at))
        .where(StaffSession.network_id == network_id, StaffSession.staff_id == Staff.id)
        .scalar_subquery()
    )
    people = in_network(Staff, network_id).with_only_columns(col(Staff.id), newest)
    return {person: at for person, at in session.execute(people) if at}


def passkey_counts(session: Session, network_id: UUID) -> dict[UUID, int]:
    query = (
        select(Passkey.staff_id, func.count())
        .where(Passkey.network_id == network_id)
        .group_by(col(Passkey.staff_id))
    )
    return dict(session.exec(query).all())


def open_invitations(
    session: Session, network_id: UUID, now: datetime, staff: Staff | None = None
) -> list[Invitation]:
    """That can still be accepted; of one person or of all."""
    query = in_network(Invitation, network_id).where(
        col(Invitation.ended_at).is_(None), col(Invitation.ends_at) > now
    )
    if staff:
        query = query.where(Invitation.staff_id == staff.id)
    return list(session.exec(query))


def _with_role(
    session: Session, network_id: UUID, role: Role, *, lock: bool = False
) -> list[Staff]:
    query = _active(network_id).where(Staff.role == role).order_by(col(Staff.created_at))
    return list(session.exec(query.with_for_update() if lock else query))


def _active(network_id: UUID) -> SelectOfScalar[Staff]:
    return in_network(Staff, network_id).where(col(Staff.ended_at).is_(None))
