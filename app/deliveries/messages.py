"""A message and the phones it goes to. `deliveries` knows generic words and a path, no case."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session, col, select

from app.db import table_of
from app.deliveries.evidence import add_evidence
from app.deliveries.models import Message, Recipient, Subscription
from app.deliveries.outbox import Work, enqueue, enqueue_all
from app.networks.scope import in_network

OPEN_PAGE = timedelta(seconds=10)
TO_MANY = 50


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
    tag: UUID | None = None,
) -> Message:
    """Write the message and one push per live subscription, in the caller's transaction.

    `texts`: language → {title, body}. `phones`: device → when its push may leave. The id is the
    caller's: it is also the notification's tag, so that a repeat replaces itself. `tag`: that of
    the message whose place it takes.
    """
    message = Message(
        network_id=network_id,
        id=message_id,
        texts=dict(texts),
        path=path,
        urgent=urgent,
        expires_at=expires_at,
        created_at=now,
        tag=tag,
    )
    session.add(message)
    session.flush()
    send_to_more(session, message, phones)
    return message


def send_to_more(session: Session, message: Message, phones: Mapping[UUID, datetime]) -> None:
    """Further phones of a message to a whole network: some hundred in each transaction, so that
    none holds up what is urgent. Each phone once."""
    keys = {"network_id": message.network_id, "message_id": message.id}
    if rows := [{**keys, "device_id": phone} for phone in phones]:
        session.connection().execute(insert(table_of(Recipient)), rows)
    push_to(session, message, phones)


def push_to(session: Session, message: Message, phones: Mapping[UUID, datetime]) -> None:
    """One push for each live subscription of these phones, from their times on."""
    live = live_subscriptions(session, message.network_id, phones)
    pushes = [(one, phones[one.device_id]) for one in live if one.device_id]
    _push(session, message, pushes)


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
    is_trial: bool = False,
) -> int:
    """Push to the browsers of people who sign in; returns how many. Nothing is claimed of it, so
    nothing comes back, unless it is a trial. Generic words only."""
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
            is_trial=is_trial,
            expires_at=expires_at,
            created_at=now,
        )
        session.add(message)
        session.flush()
        _push(session, message, [(one, now) for one in live])
    return len(live)


def _push(
    session: Session, message: Message, pushes: Collection[tuple[Subscription, datetime]]
) -> None:
    """A message to many has a lane of its own: an instruction doesn't stand behind a bulletin."""
    kind = "push.many" if len(pushes) > TO_MANY else "push"
    ids = {"message_id": str(message.id)}
    works = [Work({**ids, "subscription_id": str(one.id)}, due) for one, due in pushes]
    enqueue_all(session, message.network_id, kind, works)


def fall_back_if_unreachable(session: Session, message: Message, now: datetime) -> None:
    """Where no phone can be pushed to, that is noted and the fallback starts at once."""
    if _is_reachable(session, message):
        return
    for phone in recipients_of(session, message):
        add_evidence(session, message.network_id, message.id, phone, "unreachable", now)
    fall_back(session, message, now)


def recipients_of(session: Session, message: Message) -> list[UUID]:
    theirs = select(Recipient).where(
        Recipient.network_id == message.network_id, Recipient.message_id == message.id
    )
    return [one.device_id for one in session.exec(theirs)]


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


def _is_reachable(session: Session, message: Message) -> bool:
    """One live subscription is enough, however many phones there are."""
    live = (
        in_network(Subscription, message.network_id)
        .where(col(Subscription.ended_at).is_(None))
        .join(
            Recipient,
            (col(Recipient.network_id) == col(Subscription.network_id))
            & (col(Recipient.device_id) == col(Subscription.device_id))
            & (col(Recipient.message_id) == message.id),
        )
    )
    return session.exec(live.limit(1)).first() is not None
