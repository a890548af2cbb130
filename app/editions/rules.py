"""Who may approve what somebody wrote, and from which day on one's own."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """Whether somebody may publish a draft that waits."""

    YES = "yes"
    WROTE_IT = "wrote_it"
    NOT_YET = "not_yet"


def own_review_from(asked_on: date) -> date:
    """Whoever looks at their own words again does so after a night."""
    return asked_on + timedelta(days=1)


def verdict_on(
    *, writers: Collection[str], reader: str, is_alone: bool, asked_on: date, today: date
) -> Verdict:
    """A second pair of eyes at once; one's own only where there is nobody else, the day after."""
    if reader not in writers:
        return Verdict.YES
    if not is_alone:
        return Verdict.WROTE_IT
    return Verdict.YES if today >= own_review_from(asked_on) else Verdict.NOT_YET
