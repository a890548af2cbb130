"""Times as people in Japan read them: きょう 14:05, きのう, 9月19日, 令和8年9月19日."""

from datetime import date, datetime, timedelta

from app.clock import TOKYO
from app.errors import N_
from app.web.language import Language, active, say_plainly

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = "月火水木金土日"
WEEKDAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
REIWA_BEGAN = date(2019, 5, 1)


def date_in_japan(instant: datetime) -> date:
    return instant.astimezone(TOKYO).date()


def clock_time(instant: datetime) -> str:
    return instant.astimezone(TOKYO).strftime("%H:%M")


def clock_seconds(instant: datetime) -> str:
    return instant.astimezone(TOKYO).strftime("%H:%M:%S")


def day(on: date) -> str:
    if active.get() is Language.EN:
        return f"{on.day} {MONTHS[on.month - 1]}"
    return f"{on.month}月{on.day}日"


def whole_day(on: date) -> str:
    """With its year: 2026年9月19日."""
    if active.get() is Language.EN:
        return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on.year}年{on.month}月{on.day}日"


def day_and_time(instant: datetime, now: datetime) -> str:
    """きょう 14:05 · きのう 14:05 · 9月19日 14:05."""
    local, today = instant.astimezone(TOKYO), now.astimezone(TOKYO).date()
    names = {
        today: say_plainly(N_("きょう")),
        today - timedelta(days=1): say_plainly(N_("きのう")),
        today + timedelta(days=1): say_plainly(N_("あす")),
    }
    return f"{names.get(local.date()) or day(local.date())} {clock_time(instant)}"


def window(begins: datetime, ends: datetime) -> str:
    """11月30日(月) 10:00〜11:00. Never きょう or あす: it may be read on a page that was kept."""
    local = begins.astimezone(TOKYO)
    if active.get() is Language.EN:
        name = WEEKDAYS_EN[local.weekday()]
        return f"{name} {day(local.date())}, {clock_time(begins)}–{clock_time(ends)}"
    name = WEEKDAYS[local.weekday()]
    return f"{day(local.date())}({name}) {clock_time(begins)}〜{clock_time(ends)}"


def ago(instant: datetime, now: datetime) -> str:
    minutes = max(0, int((now - instant).total_seconds() // 60))
    if minutes < 1:
        return say_plainly(N_("たった今"))
    if minutes < 60:
        return say_plainly(N_("%(n)s分前"), n=minutes)
    if minutes < 60 * 24:
        return say_plainly(N_("%(n)s時間前"), n=minutes // 60)
    return say_plainly(N_("%(n)s日前"), n=minutes // (60 * 24))


def era_year_month(on: date) -> str:
    """令和9年3月, for paper. Dates before 令和 stay in the common era."""
    if on < REIWA_BEGAN:
        return f"{on.year}年{on.month}月"
    return f"令和{on.year - 2018}年{on.month}月"


def era_day(on: date) -> str:
    """令和9年3月31日."""
    return f"{era_year_month(on)}{on.day}日"
