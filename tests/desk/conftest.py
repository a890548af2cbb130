"""A counsellor, a worker with a report, and colleagues of one workplace who tell of the same."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.cast import Cast, Desk, Phone


def colleagues(cast: Cast) -> list[int]:
    """Places of badges of one workplace, as the town's list has them."""
    first = [one for one in cast.town.badges if one["industry"] == "conveni"]
    return [n for n, one in enumerate(first) if one["workplace"] == first[0]["workplace"]]


def report_of(cast: Cast, place: int, **changes: Any) -> UUID:
    return cast.phone("conveni", place).report(**changes)


@pytest.fixture
def three(cast: Cast, work: Callable[[], int]) -> list[UUID]:
    """Three colleagues tell of the same trick within minutes."""
    found = []
    for place in colleagues(cast)[:3]:
        found.append(report_of(cast, place))
        cast.clock.advance(minutes=5)
        work()
    return found


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return cast.phone()


@pytest.fixture
def report_id(phone: Phone) -> UUID:
    return phone.report()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")
