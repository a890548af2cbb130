"""When the desk rings, and what a worker at the till may be told about it."""

from datetime import datetime, timedelta
from enum import StrEnum

RINGS_FOR = timedelta(minutes=30)
"""Nobody stands at a counter for longer."""
TAKEN_FOR = timedelta(minutes=3)
"""Whoever pressed 見ています and isn't heard of for so long has gone to something else."""
LOOKS_FOR = timedelta(seconds=60)
"""A page that was open a minute ago is still being looked at."""
NOBODY_YET = timedelta(seconds=60)


class Attention(StrEnum):
    """What is proven of the desk: WATCHED, somebody has the report before them now; CLAIMED,
    somebody took it on; WAITING, nobody yet; NOBODY, not within the minute, or it is closed."""

    WATCHED = "watched"
    CLAIMED = "claimed"
    WAITING = "waiting"
    NOBODY = "nobody"


def is_fresh(client_at: datetime, received_at: datetime, now: datetime) -> bool:
    """Whether what was seen is happening still, and not what a phone brought hours later."""
    return now - min(client_at, received_at) < RINGS_FOR


def is_taken(taken_at: datetime | None, seen_at: datetime, now: datetime) -> bool:
    return taken_at is not None and now - seen_at < TAKEN_FOR


def is_looking(seen_at: datetime, now: datetime) -> bool:
    return now - seen_at < LOOKS_FOR


def attention(
    *,
    watched_since: datetime | None,
    claimed_at: datetime | None,
    received_at: datetime,
    is_open: bool,
    now: datetime,
) -> Attention:
    if watched_since:
        return Attention.WATCHED
    if claimed_at:
        return Attention.CLAIMED
    waits = is_open and now - received_at < NOBODY_YET
    return Attention.WAITING if waits else Attention.NOBODY
