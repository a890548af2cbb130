"""Opening hours as a form: two times per weekday, and the days that are different."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.errors import N_
from app.networks.models import Network
from app.office.settings.fields import Reading, Unusable, clock_time, read_all

WEEKDAYS = tuple(str(day) for day in range(7))
MOST_CLOSED = 60


def shown(network: Network) -> dict[str, str]:
    hours = network.hours
    typed = {"holidays": "yes" if hours.get("holidays") else ""}
    for day in WEEKDAYS:
        opens, closes = hours["weekly"].get(day) or ("", "")
        typed |= {f"open-{day}": opens[:5], f"close-{day}": closes[:5]}
    first, last = hours.get("year_end") or ("", "")
    closed = "\n".join(hours.get("closed", ()))
    return typed | {"year_end_from": first, "year_end_until": last, "closed": closed}


def read(sent: Mapping[str, str]) -> Reading:
    times = {f"{end}-{day}": _time for day in WEEKDAYS for end in ("open", "close")}
    ends = {"year_end_from": _month_day, "year_end_until": _month_day}
    typed, values, problems = read_all(sent, times | ends | {"closed": _days, "holidays": bool})
    for day in WEEKDAYS:
        opens, closes = values.get(f"open-{day}"), values.get(f"close-{day}")
        if opens is None or closes is None:
            continue
        if bool(opens) != bool(closes):
            problems[f"open-{day}"] = N_("始まりと終わりを両方入れてください。休みなら両方を空に。")
        elif opens and opens >= closes:
            problems[f"open-{day}"] = N_("終わりは、始まりより後にしてください。")
    year_end = (values.get("year_end_from"), values.get("year_end_until"))
    if None not in year_end and bool(year_end[0]) != bool(year_end[1]):
        problems["year_end_from"] = N_("年末年始は、始まりと終わりの両方を入れてください。")
    if problems:
        return Reading(typed, problems=problems)
    weekly = {
        day: [values[f"open-{day}"], values[f"close-{day}"]]
        for day in WEEKDAYS
        if values[f"open-{day}"]
    }
    if not weekly:
        return Reading(typed, problems={"open-0": N_("開いている曜日を、1つは入れてください。")})
    hours: dict[str, Any] = {"weekly": weekly}
    if year_end[0]:
        hours["year_end"] = list(year_end)
    if values["closed"]:
        hours["closed"] = values["closed"]
    if values["holidays"]:
        hours["holidays"] = True
    return Reading(typed, {"hours": hours})


def _time(typed: str) -> str:
    return clock_time(typed) if typed.strip() else ""


def _month_day(typed: str) -> str:
    """12-29, 12/29 or 12月29日. Empty stays empty."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        return ""
    found = re.fullmatch(r"(\d{1,2})[-/月.](\d{1,2})日?", plain, re.ASCII)
    try:
        day = date(2028, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Unusable(N_("月と日は 12-29 の形で入れてください。"))
    return day.strftime("%m-%d")


def _days(typed: str) -> list[str]:
    """Dates, one a line, in order."""
    words = unicodedata.normalize("NFKC", typed).replace("/", "-").split()
    if len(words) > MOST_CLOSED:
        raise Unusable(N_("休みの日は60日までです。"))
    try:
        return sorted({_date(word).isoformat() for word in words})
    except (ValueError, OverflowError):
        raise Unusable(N_("日付は 2027-02-12 の形で、1行に1つ入れてください。")) from None


def _date(word: str) -> date:
    year, month, day = (int(part) for part in word.split("-"))
    return date(year, month, day)
