"""A message and the phones it goes to. `deliveries` knows generic words and a path, no case."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.models import Evidence, Message, Subscription
from app.deliveries.outbox import enqueue
from app.networks.scope import in_network

OPEN_PAGE = timedelta(seconds=10)


def send_message(
    session: Session,
    network_id: UUID,
    message_id: UUID,
    *,
    texts: Mapping[str, Mapping[str, str]],
    path: str,
    urgent: bool,
    expires_at: datetime,
    phones: Mapping[UUID, datetime],
    now: datetime,
) -> Message:
    """Write the message and one push per live subscription, in the caller's transaction.

    `texts`: language → {title, body}. `phones`: device → when its push may leave. The id is the
    caller's: it is also the notification's tag, so that a repeat replaces itself.
    """
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
    push_to(session, message, phones)
    return message


def push_to(session: Session, message: Message, phones: Mapping[UUID, datetime]) -> None:
    """One push for each live subscription of these phones, from their times on."""
    for subscription in live_subscriptions(session, message.network_id, phones):
        if subscription.device_id:
            _push(session, message, subscription, phones[subscription.device_id])


def alert_staff(
    session: Session,
    network_id: UUID,
    staff_ids: Collection[UUID],
    *,
    title: str,
    body: str,
    path: str,
    expires_at: datetime,
    now: datetime,
) -> int:
    """Push to the browsers of people who sign in; returns how many. Nothing is claimed of it, so
    nothing comes back. Generic words only."""
    browsers = in_network(Subscription, network_id).where(
        col(Subscription.staff_id).in_(list(staff_ids)), col(Subscription.ended_at).is_(None)
    )
    live = list(session.exec(browsers))
    if live:
        message = Message(
            network_id=network_id,
            texts={"ja": {"title": title, "body": body}},
            path=path,
            urgent=True,
            device_ids=[],
            expires_at=expires_at,
            created_at=now,
        )
        session.add(message)
        session.flush()
        for subscription in live:
            _push(session, message, subscription, now)
    return len(live)


def _push(session: Session, message: Message, subscription: Subscription, due: datetime) -> None:
    payload = {"message_id": str(message.id), "subscription_id": str(subscription.id)}
    enqueue(session, message.network_id, "push", payload, due)


def fall_back_if_unreachable(session: Session, message: Message, now: datetime) -> None:
    """Where no phone can be pushed to, that is noted and the fallback starts at once."""
    phones = [UUID(phone) for phone in message.device_ids]
    if live_subscriptions(session, message.network_id, phones):
        return
    for phone in phones:
        add_evidence(session, message.network_id, message.id, phone, "unreachable", now)
    fall_back(session, message, now)


def fall_back(session: Session, message: Message, now: datetime) -> None:
    """The area that wrote the message handles this, a moment later: whoever has the page open
    sees the message there without a push."""
    ids = {"message_id": str(message.id)}
    enqueue(session, message.network_id, "message.fall_back", ids, now + OPEN_PAGE)


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
