"""What a claim's change of hands is called, and how long signs of life hold."""

from datetime import datetime, timedelta
from enum import StrEnum

NOTE_LENGTH = 120
RELAY_NOTE_LENGTH = 400
WRITING = timedelta(seconds=30)
WRITING_AGAIN = timedelta(seconds=8)
"""A sign that comes sooner than this says nothing new."""


class Move(StrEnum):
    """HANDED: 引き継ぎ; TAKEN: a supervisor took it over; RETURNED: by itself, to the list."""

    HANDED = "handed"
    TAKEN = "taken"
    RETURNED = "returned"


def is_writing(writing_at: datetime | None, now: datetime) -> bool:
    return writing_at is not None and now < writing_at + WRITING


def latest(*times: datetime | None) -> datetime:
    """Raises ValueError where there is none."""
    return max(one for one in times if one is not None)
