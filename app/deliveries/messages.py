"""A message and the phones it goes to. `deliveries` knows generic words and a path, no case."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.models import Evidence, Message, Subscription
from app.deliveries.outbox import enqueue
from app.networks.scope import in_network


def send_message(
    session: Session,
    network_id: UUID,
    message_id: UUID,
    *,
    texts: Mapping[str, Mapping[str, str]],
    path: str,
    urgent: bool,
    expires_at: datetime,
    device_ids: Iterable[UUID],
    now: datetime,
) -> Message:
    """Write the message and one push per live subscription, in the caller's transaction.

    `texts`: language → {title, body}. The id is the caller's: it is also the notification's tag,
    so that a repeat replaces itself.
    """
    phones = list(device_ids)
    message = Message(
        network_id=network_id,
        id=message_id,
        texts=dict(texts),
        path=path,
        urgent=urgent,
        device_ids=[str(phone) for phone in phones],
        expires_at=expires_at,
        created_at=now,
    )
    session.add(message)
    session.flush()
    for subscription in live_subscriptions(session, network_id, phones):
        payload = {"message_id": str(message_id), "subscription_id": str(subscription.id)}
        enqueue(session, network_id, "push", payload, now)
    return message


def live_subscriptions(
    session: Session, network_id: UUID, device_ids: Iterable[UUID]
) -> list[Subscription]:
    query = in_network(Subscription, network_id).where(
        col(Subscription.device_id).in_(list(device_ids)), col(Subscription.ended_at).is_(None)
    )
    return list(session.exec(query))


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
