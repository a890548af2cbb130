"""When the centre is open: weekdays, Japanese holidays and the year-end closing.

`hours` of a network: {"weekly": {"0": ["09:00", "16:30"], …}, "year_end": ["12-29", "01-03"]},
where "0" is Monday and a day that isn't named is closed. `"holidays": true` opens on holidays too;
`"closed": ["2026-08-14", …]` names single days on which the centre stays closed.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import jpholiday

from app.clock import TOKYO

WEEKDAYS_9_TO_1630 = {
    "weekly": {str(weekday): ["09:00", "16:30"] for weekday in range(5)},
    "year_end": ["12-29", "01-03"],
}
LONGEST_CLOSURE = 60


def opening_on(hours: Mapping[str, Any], on: date) -> tuple[datetime, datetime] | None:
    """Start and end of that day's opening, in Asia/Tokyo; None when closed."""
    times = hours["weekly"].get(str(on.weekday()))
    on_holiday = jpholiday.is_holiday(on) and not hours.get("holidays")
    is_closed = on.isoformat() in hours.get("closed", ())
    if not times or on_holiday or is_closed or _in_year_end(hours, on):
        return None
    start, end = (datetime.combine(on, time.fromisoformat(t), TOKYO) for t in times)
    return start, end


def _in_year_end(hours: Mapping[str, Any], on: date) -> bool:
    """Over the turn of the year, or within one: 12-29 to 01-03, or 01-01 to 01-03."""
    if not hours.get("year_end"):
        return False
    first, last = map(str, hours["year_end"])
    today = on.strftime("%m-%d")
    return first <= today <= last if first <= last else today >= first or today <= last


def is_open(hours: Mapping[str, Any], at: datetime) -> bool:
    local = at.astimezone(TOKYO)
    opening = opening_on(hours, local.date())
    return opening is not None and opening[0] <= local < opening[1]


def next_opening(hours: Mapping[str, Any], after: datetime) -> datetime | None:
    """The next moment the centre opens; None if it never does within two months."""
    local = after.astimezone(TOKYO)
    for days in range(LONGEST_CLOSURE):
        opening = opening_on(hours, local.date() + timedelta(days=days))
        if opening and opening[0] > local:
            return opening[0]
    return None


def closing_today(hours: Mapping[str, Any], at: datetime) -> datetime | None:
    opening = opening_on(hours, at.astimezone(TOKYO).date())
    return opening[1] if opening else None
