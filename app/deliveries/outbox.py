"""Work that leaves the transaction: written with it, leased by a worker, done at least once."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Integer, bindparam, insert, select, update
from sqlmodel import Session, col

from app.db import after_commit, table_of
from app.deliveries.models import OutboxItem
from app.deliveries.waking import wake
from app.ids import new_id

LEASE = timedelta(seconds=60)
One = TypeVar("One")
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Work:
    """What to do, and from when on."""

    payload: dict[str, Any]
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """Work in the hands of a worker. `attempts`: this is the how manieth."""

    network_id: UUID
    id: UUID
    kind: str
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an item. `again_at`: when to try again; None: it is done."""

    item: Item
    outcome: str
    again_at: datetime | None = None


Handler = Callable[[Session, Item, datetime], str]
"""Does an item inside a transaction; the word is kept."""

_FREE = col(OutboxItem.leased_until).is_(None) | (col(OutboxItem.leased_until) <= bindparam("now"))
# Built once: building a statement takes longer than running it.
_DUE = (
    select(
        col(OutboxItem.network_id),
        col(OutboxItem.id),
        col(OutboxItem.kind),
        col(OutboxItem.payload),
        col(OutboxItem.attempts) + 1,
    )
    .where(col(OutboxItem.kind).in_(bindparam("kinds", expanding=True)))
    .where(col(OutboxItem.done_at).is_(None), col(OutboxItem.due_at) <= bindparam("now"), _FREE)
    .order_by(col(OutboxItem.due_at))
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)


def enqueue(
    session: Session, network_id: UUID, kind: str, payload: dict[str, Any], due_at: datetime
) -> None:
    enqueue_all(session, network_id, kind, [Work(payload, due_at)])


def enqueue_all(session: Session, network_id: UUID, kind: str, works: Iterable[Work]) -> None:
    rows = [
        {
            "network_id": network_id,
            "id": new_id(),
            "kind": kind,
            "payload": work.payload,
            "due_at": work.due_at,
            "attempts": 0,
            "outcome": "",
        }
        for work in works
    ]
    if rows:
        session.connection().execute(insert(table_of(OutboxItem)), rows)
        after_commit(session, wake)


def lease_due(
    session: Session, now: datetime, kinds: Collection[str], limit: int = 100
) -> list[Item]:
    """Items of these kinds that are due and nobody else's. If this worker dies, the lease runs out
    by itself."""
    asked = {"kinds": list(kinds), "now": now, "most": limit}
    items = [Item(*row) for row in session.connection().execute(_DUE, asked)]
    for network_id, some in _grouped(items, lambda item: item.network_id):
        _update(
            session,
            network_id,
            some,
            leased_until=now + LEASE,
            attempts=OutboxItem.attempts + 1,
        )
    return items


def renew(session: Session, item: Item, now: datetime) -> None:
    """For work that takes longer than a lease: it goes on, and nobody else may begin it."""
    _update(session, item.network_id, [item], leased_until=now + LEASE)


def settle(session: Session, settlements: Iterable[Settlement], now: datetime) -> None:
    """Give the items back or be done with them. What was done before stays as it was."""
    for (network_id, outcome, again_at), some in _grouped(settlements, _fate):
        values = {"due_at": again_at} if again_at else {"done_at": now}
        items = [one.item for one in some]
        _update(session, network_id, items, leased_until=None, outcome=outcome, **values)


def _fate(settlement: Settlement) -> tuple[UUID, str, datetime | None]:
    return settlement.item.network_id, settlement.outcome, settlement.again_at


def _grouped(things: Iterable[One], key: Callable[[One], Key]) -> Iterable[tuple[Key, list[One]]]:
    groups: dict[Key, list[One]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups.items()


def _update(session: Session, network_id: UUID, items: Sequence[Item], **values: Any) -> None:
    """In one statement: the event loop gets its breath back between any two."""
    session.connection().execute(
        update(OutboxItem)
        .where(col(OutboxItem.network_id) == network_id)
        .where(col(OutboxItem.id).in_([item.id for item in items]))
        .where(col(OutboxItem.done_at).is_(None))
        .values(**values)
    )
