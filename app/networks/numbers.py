"""Numbers given out one by one: receipts, badges, audit entries, and the pulse of live screens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, update
from sqlmodel import Session, col, select

from app.networks.models import Counter

KINDS = ("receipt", "drill", "audit", "pulse", *(f"badge-{letter}" for letter in "ABPDLCNX"))

# Built once: building a statement takes longer than running it.
NEXT = (
    update(Counter)
    .where(
        col(Counter.network_id) == bindparam("network"), col(Counter.kind) == bindparam("kind_of")
    )
    .values(value=Counter.value + bindparam("count", type_=Integer))
    .returning(col(Counter.value))
)

ROOM = 1_000


def make_counters(session: Session, network_id: UUID) -> None:
    session.add_all(Counter(network_id=network_id, kind=kind) for kind in KINDS)


def next_number(session: Session, network_id: UUID, kind: str, count: int = 1) -> int:
    """The first of `count` fresh numbers. Others of this kind wait until this transaction ends."""
    wanted = {"network": network_id, "kind_of": kind, "count": count}
    session.flush()
    last = session.connection().execute(NEXT, wanted).scalar_one()
    return int(last) - count + 1


def reach_number(session: Session, network_id: UUID, kind: str, number: int) -> None:
    """Never give out a number up to this one again: it is in use."""
    session.execute(
        update(Counter)
        .where(col(Counter.network_id) == network_id, col(Counter.kind) == kind)
        .where(col(Counter.value) < number)
        .values(value=number)
    )


def leave_room(session: Session, kind: str) -> None:
    """After a restore, in every network: numbers given since the copy was made stay free for those
    who have them, up to a thousand of them at least. New ones begin after a full thousand."""
    beyond = (Counter.value // ROOM + 2) * ROOM
    session.execute(update(Counter).where(col(Counter.kind) == kind).values(value=beyond))


def current_number(session: Session, network_id: UUID, kind: str) -> int:
    query = select(Counter.value).where(Counter.network_id == network_id, Counter.kind == kind)
    return session.exec(query).one()


def current_numbers(session: Session, network_id: UUID, *kinds: str) -> frozenset[tuple[str, int]]:
    """By kind; none of a kind that has no number yet."""
    query = select(Counter.kind, Counter.value).where(
        Counter.network_id == network_id, col(Counter.kind).in_(kinds)
    )
    return frozenset(map(tuple, session.execute(query)))


def first_number_since(session: Session, query: Any, number: Any, at: Any, since: datetime) -> int:
    """From which number on rows are of that moment or later; one past the last where none is.
    Numbers rise with time, so halving finds it in a few steps, whatever there is."""
    columns = query.with_only_columns(number, at)
    last = session.execute(columns.order_by(number.desc()).limit(1)).first()
    low, high = 1, (last[0] if last else 0) + 1
    while low < high:
        middle = (low + high) // 2
        ahead = columns.where(number >= middle).order_by(number).limit(1)
        found, found_at = session.execute(ahead).one()
        low, high = (low, middle) if found_at >= since else (found + 1, high)
    return low
