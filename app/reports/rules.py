"""When one badge sends more than anybody reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AT_ONCE, A_DAY = timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`seen_at`: when the worker saw it. What a round brings home arrives together."""

    seen_at: datetime
    received_at: datetime


def is_flood(arrivals: Sequence[Arrival], newest: Arrival, *, at_once: int, a_day: int) -> bool:
    """More than so many were seen in ten minutes, or came in a day, up to `newest`."""
    seen = (one.seen_at for one in arrivals)
    came = (one.received_at for one in arrivals)
    return (
        _within(seen, newest.seen_at, AT_ONCE) > at_once
        or _within(came, newest.received_at, A_DAY) > a_day
    )


def _within(times: Iterable[datetime], until: datetime, span: timedelta) -> int:
    return sum(until - span < one <= until for one in times)
