"""When one badge sends more than anybody reports."""

from collections.abc import Sequence
from datetime import datetime, timedelta

AT_ONCE, A_DAY = timedelta(minutes=10), timedelta(days=1)


def is_flood(times: Sequence[datetime], at: datetime, *, at_once: int, a_day: int) -> bool:
    """`times`: when reports came. More than so many in the ten minutes or the day up to `at`."""
    return _since(times, at, AT_ONCE) > at_once or _since(times, at, A_DAY) > a_day


def _since(times: Sequence[datetime], at: datetime, span: timedelta) -> int:
    return sum(at - span < one <= at for one in times)
