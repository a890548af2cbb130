"""Days and sizes of taking a roster over."""

from datetime import date, timedelta

DRAFT_LIFE = timedelta(days=7)
LARGEST_FILE = 8 * 1024 * 1024
ENDED_AT_ONCE = 200
_LONGEST_TERM = timedelta(days=10 * 366)


def is_usable_end(day: date, today: date) -> bool:
    return today < day <= today + _LONGEST_TERM
