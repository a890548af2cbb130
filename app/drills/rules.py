"""What a drill lasts, and how it is measured."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

LASTING = {
    "30": timedelta(minutes=30),
    "60": timedelta(hours=1),
    "120": timedelta(hours=2),
    "480": timedelta(hours=8),
}
"""How long a drill may be given, in minutes."""

KEPT = timedelta(days=30)
"""Nothing of a drill is left that long after its end."""


def typical(times: Iterable[timedelta]) -> timedelta | None:
    """The median; None where there is nothing to measure."""
    seconds = [one.total_seconds() for one in times]
    return timedelta(seconds=median(seconds)) if seconds else None


def is_running(
    starts_at: datetime, ends_at: datetime, ended_at: datetime | None, now: datetime
) -> bool:
    return ended_at is None and starts_at <= now < ends_at
