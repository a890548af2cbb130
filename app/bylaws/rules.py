"""決まり: which kinds there are, how their reading is told, and which version holds."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

LARGEST_FILE = 10 * 1024 * 1024
MOST_PAGES = 300
MOST_VERSIONS = 999


class BylawKind(StrEnum):
    CHARTER = "charter"
    INFORMATION = "information"
    FLOW = "flow"


class Way(StrEnum):
    """How an organization came to know of it."""

    MEETING = "meeting"
    PAPER = "paper"
    MAIL = "mail"
    PHONE = "phone"
    VISIT = "visit"


class Status(StrEnum):
    COMING = "coming"
    HOLDS = "holds"
    PAST = "past"
    WITHDRAWN = "withdrawn"


def statuses(versions: Sequence[tuple[date, bool]], today: date) -> list[Status]:
    """Of one kind, the newest first: since when each holds, and whether it was withdrawn. The
    newest whose day has come holds, and all before it are past."""
    found, is_held = [], False
    for holds_from, is_withdrawn in versions:
        if is_withdrawn:
            found.append(Status.WITHDRAWN)
        elif is_held:
            found.append(Status.PAST)
        elif holds_from > today:
            found.append(Status.COMING)
        else:
            found.append(Status.HOLDS)
            is_held = True
    return found
