"""Which version holds."""

from datetime import date

from app.bylaws.rules import Status, statuses

TODAY = date(2026, 9, 24)
PAST, FUTURE = date(2026, 4, 1), date(2026, 10, 1)


def test_the_newest_whose_day_has_come_holds() -> None:
    versions = [(FUTURE, False), (TODAY, False), (PAST, False)]
    assert statuses(versions, TODAY) == [Status.COMING, Status.HOLDS, Status.PAST]


def test_a_withdrawn_one_never_holds() -> None:
    assert statuses([(PAST, True), (PAST, False)], TODAY) == [Status.WITHDRAWN, Status.HOLDS]


def test_a_newer_one_that_holds_earlier_takes_its_place() -> None:
    assert statuses([(PAST, False), (FUTURE, False)], TODAY) == [Status.HOLDS, Status.PAST]
