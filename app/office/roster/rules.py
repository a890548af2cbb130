"""Days and sizes of taking a roster over."""

from datetime import date, timedelta

DRAFT_LIFE = timedelta(days=7)
LARGEST_FILE = 8 * 1024 * 1024
ENDED_AT_ONCE = 200
_SHORTEST_TERM = timedelta(days=90)
_LONGEST_TERM = timedelta(days=10 * 366)


def usual_end(today: date) -> date:
    """The end of the fiscal year, or of the next one when this one is nearly over."""
    end = date(today.year + (today.month > 3), 3, 31)
    return end if end - today >= _SHORTEST_TERM else date(end.year + 1, 3, 31)


def is_usable_end(day: date, today: date) -> bool:
    return today < day <= today + _LONGEST_TERM
