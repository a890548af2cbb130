"""Opening hours as they stand on paper: 平日 9:00〜16:30、土 9:00〜12:00."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

DAYS = "月火水木金土日"
WEEK, WEEKDAYS = "0123456", "01234"
END_OF_DAY = "23:59"


def hours_in_words(hours: Mapping[str, Any]) -> str:
    """Empty when it never opens. Holidays and the year's end are named if it is closed then."""
    weekly = {day: tuple(times) for day, times in sorted(hours["weekly"].items()) if times}
    if not weekly:
        return ""
    by_times = sorted(weekly, key=lambda day: (weekly[day], day))
    groups = ["".join(days) for _, days in groupby(by_times, key=lambda day: weekly[day])]
    parts = [f"{_days(days)}{_times(*weekly[days[0]])}" for days in sorted(groups)]
    return "、".join(parts) + _closed(hours)


def _closed(hours: Mapping[str, Any]) -> str:
    on_holidays, at_year_end = not hours.get("holidays"), bool(hours.get("year_end"))
    days = [*(["祝日"] if on_holidays else []), *(["年末年始"] if at_year_end else [])]
    return f"({'・'.join(days)}を除く)" if days else ""


def _days(days: str) -> str:
    names = {WEEK: "毎日 ", WEEKDAYS: "平日 "}
    return names.get(days) or "・".join(DAYS[int(day)] for day in days) + " "


def _times(start: str, end: str) -> str:
    if start == "00:00" and end >= END_OF_DAY:
        return "24時間"
    return f"{_time(start)}〜{_time(end)}"


def _time(text: str) -> str:
    hour, minute = text.split(":")[:2]
    return f"{int(hour)}:{minute}"
