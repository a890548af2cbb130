"""Finding people who sign in, by what they do."""

from uuid import UUID

from sqlmodel import Session, col

from app.networks.scope import in_network
from app.staff.models import Staff
from app.staff.permissions import Role


def supervisors(session: Session, network_id: UUID) -> list[Staff]:
    """主任 who can sign in."""
    query = in_network(Staff, network_id).where(
        Staff.role == Role.SUPERVISOR, col(Staff.ended_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Staff.created_at))))
