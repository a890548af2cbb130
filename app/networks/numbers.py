"""Numbers given out one by one: receipts, badges, audit entries, and the pulse of live screens."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.networks.models import Counter

KINDS = ("receipt", "audit", "pulse", *(f"badge-{letter}" for letter in "ABPDLCNX"))


def make_counters(session: Session, network_id: UUID) -> None:
    session.add_all(Counter(network_id=network_id, kind=kind) for kind in KINDS)


def lock_numbers(session: Session, networks: Collection[UUID], kind: str) -> None:
    """Wait for one's turn at a kind of number, before looking at what it numbers. In key order,
    so that nobody waits in a circle."""
    turn = (
        select(Counter.network_id)
        .where(Counter.kind == kind, col(Counter.network_id).in_(list(networks)))
        .order_by(col(Counter.network_id))
        .with_for_update()
    )
    session.exec(turn).all()


def next_number(session: Session, network_id: UUID, kind: str, count: int = 1) -> int:
    """The first of `count` fresh numbers. Others of this kind wait until this transaction ends."""
    last = session.execute(
        update(Counter)
        .where(col(Counter.network_id) == network_id, col(Counter.kind) == kind)
        .values(value=Counter.value + count)
        .returning(col(Counter.value))
    ).scalar_one()
    return int(last) - count + 1


def current_number(session: Session, network_id: UUID, kind: str) -> int:
    query = select(Counter.value).where(Counter.network_id == network_id, Counter.kind == kind)
    return session.exec(query).one()
