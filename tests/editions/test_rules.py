"""A second pair of eyes, or one's own after a night."""

from datetime import date, timedelta

import pytest

from app.editions.rules import Verdict, own_review_from, verdict_on

ASKED = date(2026, 9, 24)


@pytest.mark.parametrize(
    ("reader", "is_alone", "days", "verdict"),
    [
        ("other", False, 0, Verdict.YES),
        ("other", True, 0, Verdict.YES),
        ("writer", False, 0, Verdict.WROTE_IT),
        ("writer", False, 30, Verdict.WROTE_IT),
        ("writer", True, 0, Verdict.NOT_YET),
        ("writer", True, 1, Verdict.YES),
        ("writer", True, 30, Verdict.YES),
    ],
)
def test_who_may_publish(reader: str, is_alone: bool, days: int, verdict: Verdict) -> None:
    found = verdict_on(
        writers=["first", "writer"],
        reader=reader,
        is_alone=is_alone,
        asked_on=ASKED,
        today=ASKED + timedelta(days=days),
    )
    assert found is verdict


def test_a_night_lies_between_writing_and_ones_own_review() -> None:
    assert own_review_from(date(2026, 12, 31)) == date(2027, 1, 1)
