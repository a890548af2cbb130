"""Proven facts about messages on phones. Each is kept once, the first of its kind."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, col

from app.db import table_of
from app.deliveries.models import Evidence
from app.ids import new_id
from app.networks.scope import in_network

ON_PHONE = ("delivered", "opened")
Delivery = tuple[UUID, UUID]
"""Message and phone."""


def add_evidence(
    session: Session, network_id: UUID, message_id: UUID, device_id: UUID, kind: str, now: datetime
) -> None:
    """Keep the first proof of its kind; repeats change nothing."""
    if evidence_of(session, network_id, message_id, device_id, kind):
        return
    session.add(
        Evidence(
            network_id=network_id, message_id=message_id, device_id=device_id, kind=kind, at=now
        )
    )
    session.flush()


def note_accepted(
    session: Session, network_id: UUID, deliveries: Collection[Delivery], now: datetime
) -> None:
    """The push service took these. The same as one by one, for as many as come at once."""
    known = proven(session, network_id, deliveries, ["accepted"])
    rows = [
        {
            "network_id": network_id,
            "id": new_id(),
            "message_id": message_id,
            "device_id": device_id,
            "kind": "accepted",
            "at": now,
        }
        for message_id, device_id in {*deliveries} - known
    ]
    if rows:
        session.connection().execute(insert(table_of(Evidence)), rows)


def proven(
    session: Session, network_id: UUID, deliveries: Collection[Delivery], kinds: Collection[str]
) -> set[Delivery]:
    """Those of the deliveries of which one of these kinds is known."""
    query = in_network(Evidence, network_id).where(
        col(Evidence.message_id).in_({message for message, _ in deliveries}),
        col(Evidence.device_id).in_({device for _, device in deliveries}),
        col(Evidence.kind).in_(kinds),
    )
    columns = (col(Evidence.message_id), col(Evidence.device_id))
    found = session.execute(query.with_only_columns(*columns))
    return {(message_id, device_id) for message_id, device_id in found}


def evidence_of(
    session: Session, network_id: UUID, message_id: UUID, device_id: UUID, kind: str
) -> Evidence | None:
    query = in_network(Evidence, network_id).where(
        Evidence.message_id == message_id, Evidence.device_id == device_id, Evidence.kind == kind
    )
    return session.exec(query).first()


def evidence_for(session: Session, network_id: UUID, message_id: UUID) -> dict[str, datetime]:
    """Per kind the first proof on any phone of the person: counts are of people, not events."""
    query = in_network(Evidence, network_id).where(Evidence.message_id == message_id)
    first: dict[str, datetime] = {}
    for evidence in session.exec(query.order_by(col(Evidence.at))):
        first.setdefault(evidence.kind, evidence.at)
    return first
