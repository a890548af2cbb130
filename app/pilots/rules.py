"""What may be said of few answers, and when a survey's form is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FEW = 5
AFTER_ITS_BEGIN = timedelta(days=13)
BEFORE_ITS_END = timedelta(days=13)
AFTER_ITS_END = timedelta(days=27)


class Phase(StrEnum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True)
class Shown:
    """A count as it may be read: from `least` to `most`; `most` None: nothing more is said."""

    least: int
    most: int | None

    @property
    def words(self) -> str:
        if self.most is None:
            return f"{self.least}以上"
        return str(self.least) if self.least == self.most else f"{self.least}〜{self.most}"


def window_of(phase: str, begins_on: date, ends_on: date) -> tuple[date | None, date]:
    """From when (None: at once) and until when the form takes answers."""
    if phase == Phase.BEFORE:
        return None, begins_on + AFTER_ITS_BEGIN
    return ends_on - BEFORE_ITS_END, ends_on + AFTER_ITS_END


def is_open(phase: str, begins_on: date, ends_on: date, today: date) -> bool:
    first, last = window_of(phase, begins_on, ends_on)
    return (first is None or first <= today) and today <= last


def is_awaited(phase: str, begins_on: date, ends_on: date, today: date) -> bool:
    """Whether answers may still come. Counts read before and after one of them would tell it."""
    return today <= window_of(phase, begins_on, ends_on)[1]


def is_few(count: int) -> bool:
    return 0 < count < FEW


def total_shown(total: int) -> Shown:
    return Shown(1, FEW - 1) if is_few(total) else Shown(total, total)


def several_shown(counts: Mapping[str, int], total: int) -> dict[str, Shown] | None:
    """Of a question with several answers: neither few who ticked nor few who didn't can be told.
    None: so few answered that nothing is said."""
    if is_few(total):
        return None
    return {code: _one_of_several(count, total) for code, count in counts.items()}


def _one_of_several(count: int, total: int) -> Shown:
    if is_few(count):
        return Shown(1, FEW - 1)
    if is_few(total - count):
        return Shown(total - FEW + 1, total - 1)
    return Shown(count, count)


def single_shown(counts: Mapping[str, int], total: int) -> dict[str, Shown] | None:
    """Of a question with one answer: all counts make the total, so that one few alone would be
    the rest of it. The smallest other count is then told roughly, until every few is open."""
    if is_few(total):
        return None
    hidden = {code for code, count in counts.items() if is_few(count)}
    visible = sorted((code for code in counts if counts[code] >= FEW), key=lambda one: counts[one])
    while hidden and not _are_open(counts, hidden):
        if not visible:
            return None
        hidden.add(visible.pop(0))
    return {code: _shown(count, code in hidden) for code, count in counts.items()}


def _shown(count: int, is_hidden: bool) -> Shown:
    if not is_hidden:
        return Shown(count, count)
    return Shown(1, FEW - 1) if is_few(count) else Shown(FEW, None)


def _are_open(counts: Mapping[str, int], hidden: set[str]) -> bool:
    """Whether each of the hidden counts could be another, as far as the visible ones tell."""
    rest = sum(counts[code] for code in hidden)
    low = {code: 1 if is_few(counts[code]) else FEW for code in hidden}
    high = {code: FEW - 1 if is_few(counts[code]) else rest for code in hidden}
    for code in hidden:
        least = max(low[code], rest - sum(high.values()) + high[code])
        most = min(high[code], rest - sum(low.values()) + low[code])
        if least == most:
            return False
    return True
