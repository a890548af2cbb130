"""Finding people who sign in, by what they do."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.networks.scope import in_network
from app.staff.models import Staff
from app.staff.permissions import Role


def supervisors(session: Session, network_id: UUID) -> list[Staff]:
    """主任 who can sign in."""
    return _with_role(session, network_id, Role.SUPERVISOR)


def on_duty(session: Session, network_id: UUID, now: datetime) -> list[Staff]:
    """当番: counsellors and supervisors who said that they are."""
    query = _active(network_id).where(col(Staff.on_duty_until) > now)
    return list(session.exec(query.order_by(col(Staff.created_at))))


def counsellors(session: Session, network_id: UUID) -> list[Staff]:
    """相談員 who can sign in."""
    return _with_role(session, network_id, Role.COUNSELLOR)


def _with_role(session: Session, network_id: UUID, role: Role) -> list[Staff]:
    query = _active(network_id).where(Staff.role == role)
    return list(session.exec(query.order_by(col(Staff.created_at))))


def _active(network_id: UUID) -> SelectOfScalar[Staff]:
    return in_network(Staff, network_id).where(col(Staff.ended_at).is_(None))
