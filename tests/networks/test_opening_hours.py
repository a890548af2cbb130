"""The Japanese calendar is the hard part: Silver Week, moved holidays, the turn of the year."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.clock import TOKYO
from app.demo.town import AROUND_THE_CLOCK
from app.networks.opening_hours import (
    WEEKDAYS_9_TO_1630,
    closing_today,
    is_open,
    next_opening,
    opening_on,
)

NEVER: dict[str, Any] = {"weekly": {}}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    "moment",
    ["2026-09-24 09:00", "2026-09-24 14:05", "2026-09-24 16:29:59", "2026-12-28 10:00",
     "2027-01-04 09:00", "2026-05-07 09:00"],
)  # fmt: skip
def test_a_weekday_between_nine_and_half_past_four_is_open(moment: str) -> None:
    assert is_open(WEEKDAYS_9_TO_1630, at(moment))


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2026-09-24 08:59:59", "before opening"),
        ("2026-09-24 16:30", "the moment of closing"),
        ("2026-09-24 23:00", "evening"),
        ("2026-09-26 11:00", "Saturday"),
        ("2026-09-27 11:00", "Sunday"),
        ("2026-09-21 11:00", "敬老の日"),
        ("2026-09-22 11:00", "国民の休日, between two holidays"),
        ("2026-09-23 11:00", "秋分の日"),
        ("2026-05-06 11:00", "振替休日 of 3 May, a Sunday"),
        ("2026-08-11 11:00", "山の日"),
        ("2026-12-29 11:00", "first day of the year-end closing"),
        ("2026-12-30 11:00", "year-end closing"),
        ("2027-01-03 11:00", "last day of the year-end closing"),
    ],
)
def test_everything_else_is_closed(moment: str, why: str) -> None:
    assert not is_open(WEEKDAYS_9_TO_1630, at(moment)), why


@pytest.mark.parametrize(
    ("after", "opens"),
    [
        ("2026-09-24 07:00", "2026-09-24 09:00"),
        ("2026-09-24 09:00", "2026-09-25 09:00"),
        ("2026-09-24 17:00", "2026-09-25 09:00"),
        ("2026-09-25 17:00", "2026-09-28 09:00"),
        ("2026-09-18 17:00", "2026-09-24 09:00"),
        ("2026-12-28 17:00", "2027-01-04 09:00"),
        ("2026-12-31 23:59:59", "2027-01-04 09:00"),
    ],
)
def test_the_next_opening_skips_weekends_holidays_and_the_year_end(after: str, opens: str) -> None:
    assert next_opening(WEEKDAYS_9_TO_1630, at(after)) == at(opens)


def test_instants_in_utc_are_read_on_the_clock_in_tokyo() -> None:
    sunday_in_utc = datetime(2026, 9, 27, 23, 59, 59, tzinfo=UTC)
    assert not is_open(WEEKDAYS_9_TO_1630, sunday_in_utc)
    assert is_open(WEEKDAYS_9_TO_1630, datetime(2026, 9, 28, 0, 0, tzinfo=UTC))
    assert next_opening(WEEKDAYS_9_TO_1630, sunday_in_utc) == at("2026-09-28 09:00")


def test_a_centre_that_never_opens_has_no_next_opening() -> None:
    assert next_opening(NEVER, at("2026-09-24 10:00")) is None
    assert closing_today(NEVER, at("2026-09-24 10:00")) is None
    assert not is_open(NEVER, at("2026-09-24 10:00"))


def test_a_centre_without_a_year_end_closing_stays_open_then() -> None:
    hours = {"weekly": WEEKDAYS_9_TO_1630["weekly"]}
    assert is_open(hours, at("2026-12-30 10:00"))


@pytest.mark.parametrize(
    ("year_end", "closed", "opened"),
    [
        (["01-01", "01-03"], "2027-01-01 10:00", "2026-12-31 10:00"),
        (["12-30", "12-31"], "2026-12-31 10:00", "2027-01-04 10:00"),
        (["12-31", "12-31"], "2026-12-31 10:00", "2026-12-30 10:00"),
    ],
)
def test_a_closing_within_one_year_leaves_the_other_days_open(
    year_end: list[str], closed: str, opened: str
) -> None:
    hours = WEEKDAYS_9_TO_1630 | {"year_end": year_end}
    assert not is_open(hours, at(closed))
    assert is_open(hours, at(opened))
    assert is_open(hours, at("2026-09-24 14:05"))


def test_closing_time_is_that_of_the_day_also_after_it() -> None:
    assert closing_today(WEEKDAYS_9_TO_1630, at("2026-09-24 20:00")) == at("2026-09-24 16:30")
    assert closing_today(WEEKDAYS_9_TO_1630, at("2026-09-23 10:00")) is None


@pytest.mark.parametrize(
    "moment", ["2026-09-22 03:00", "2026-09-27 12:00", "2027-01-01 00:00", "2026-09-24 23:59:59.9"]
)
def test_around_the_clock_means_every_second_of_every_day(moment: str) -> None:
    assert is_open(AROUND_THE_CLOCK, at(moment))


def test_single_days_are_closed() -> None:
    hours = WEEKDAYS_9_TO_1630 | {"closed": ["2026-09-24"]}
    assert opening_on(hours, date(2026, 9, 24)) is None
    assert opening_on(hours, date(2026, 9, 25)) is not None
