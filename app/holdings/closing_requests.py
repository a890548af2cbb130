"""契約終了の申し込み: the clerk asks on the screen; only then may the server's keeper do it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.errors import N_, Invalid
from app.holdings.models import ClosingRequest
from app.networks.scope import get_network, in_network
from app.web.access import StaffActor


def standing_request(session: Session, network_id: UUID) -> ClosingRequest | None:
    return next(iter(_standing(session, network_id)), None)


def _standing(session: Session, network_id: UUID) -> list[ClosingRequest]:
    """More than one where two clerks asked at the same moment."""
    query = in_network(ClosingRequest, network_id).where(col(ClosingRequest.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(ClosingRequest.id))))


def ask_to_close(
    session: Session, actor: StaffActor, municipality: str, reason: str, now: datetime
) -> ClosingRequest:
    """Twice is once. Raises Invalid unless the network was named and a reason given."""
    network = get_network(session, actor.network_id)
    if municipality != network.municipality:
        raise Invalid(
            N_("自治体の名前が違います。「%(name)s」と入れてください。"), name=network.municipality
        )
    if not reason:
        raise Invalid(N_("終わりにするわけを書いてください。"))
    if standing := standing_request(session, actor.network_id):
        return standing
    asked = ClosingRequest(
        network_id=actor.network_id, asked_by_id=actor.id, asked_at=now, reason=reason
    )
    session.add(asked)
    session.flush()
    _note(session, asked, actor, "closing.request", now)
    return asked


def withdraw(session: Session, actor: StaffActor, now: datetime) -> None:
    """All that stand: one that was left would still let the network be erased."""
    for standing in _standing(session, actor.network_id):
        standing.withdrawn_at, standing.withdrawn_by_id = now, actor.id
        session.add(standing)
        _note(session, standing, actor, "closing.withdraw", now)


def _note(
    session: Session, asked: ClosingRequest, actor: StaffActor, action: str, now: datetime
) -> None:
    record(
        session,
        asked.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=asked.id,
        now=now,
    )
