"""Dates as city halls write them: 令和8年4月1日, R8.4.1, 2026/4/1, a spreadsheet's number."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from app.organizations.roster.cells import Cell, Doubt, is_blank, plain, quoted

_YEARS = range(1950, 2100)
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_TIME_OF_DAY = re.compile(r"[T\s]+\d\d?:\d\d(:\d\d)?$", re.ASCII)
_WEEKDAY = r"(?:\([月火水木金土日]\))?"
_MONTH_AND_DAY = rf"[年/.\-](\d\d?)[月/.\-](\d\d?)日?{_WEEKDAY}"
_WESTERN = re.compile(rf"(\d{{4}}){_MONTH_AND_DAY}", re.ASCII)
_JAPANESE = re.compile(rf"(令和|平成|昭和|[RHS])(元|\d\d?){_MONTH_AND_DAY}", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SERIAL = re.compile(r"\d{5}", re.ASCII)


def day(cell: Cell) -> date | None:
    """The day, None where the cell says nothing; a day without its year is a Doubt."""
    text = plain(cell)
    if is_blank(text):
        return None
    found = _moment(cell) if isinstance(cell, date) else _written(text)
    if found is None or found.year not in _YEARS:
        raise Doubt(f"{quoted(text)}は、日付として読めません(例:令和8年4月1日、2026/4/1)")
    return found


def _moment(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell


def _written(text: str) -> date | None:
    key = _TIME_OF_DAY.sub("", unicodedata.normalize("NFKC", text))
    key = "".join(key.upper().split())
    if _SERIAL.fullmatch(key):
        return _SPREADSHEET_DAY_ZERO + timedelta(days=int(key))
    try:
        return _numbered(key)
    except ValueError:
        return None


def _numbered(key: str) -> date | None:
    if match := _WESTERN.fullmatch(key) or _COMPACT.fullmatch(key):
        year, month, day_of_month = match.groups()
        return date(int(year), int(month), int(day_of_month))
    if match := _JAPANESE.fullmatch(key):
        era, year, month, day_of_month = match.groups()
        year_of_era = 1 if year == "元" else int(year)
        return date(_ERAS[era] + year_of_era, int(month), int(day_of_month))
    return None
