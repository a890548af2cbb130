"""Issuing badges for many workplaces at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import Session

from app.badges.models import Badge
from app.badges.rules import BadgeState, new_codes, number_of
from app.db import table_of
from app.ids import new_id
from app.networks.numbers import next_number
from app.organizations.rules import Industry


@dataclass(frozen=True)
class Order:
    """So many badges for one workplace."""

    workplace_id: UUID
    industry: Industry
    count: int


def issue_orders(
    session: Session,
    network_id: UUID,
    orders: Sequence[Order],
    *,
    valid_until: date,
    now: datetime,
) -> int:
    """How many were issued. Each letter's numbers follow each other in the order of the orders."""
    wanted = Counter[str]()
    for order in orders:
        wanted[order.industry.badge_letter] += order.count
    next_of = {
        letter: next_number(session, network_id, f"badge-{letter}", count)
        for letter, count in sorted(wanted.items())
        if count
    }
    codes = iter(new_codes(wanted.total()))
    rows = []
    for order in orders:
        letter = order.industry.badge_letter
        for _ in range(order.count):
            number = number_of(letter, next_of[letter])
            rows.append(_badge(network_id, order, number, next(codes)))
            next_of[letter] += 1
    shared = {"state": BadgeState.ISSUED.value, "valid_until": valid_until, "issued_at": now}
    if rows:
        session.connection().execute(
            insert(table_of(Badge)), [row | shared | {"handed_over_as": ""} for row in rows]
        )
    return len(rows)


def _badge(network_id: UUID, order: Order, number: str, code: str) -> dict[str, object]:
    return {
        "network_id": network_id,
        "id": new_id(),
        "workplace_id": order.workplace_id,
        "number": number,
        "code": code,
    }
