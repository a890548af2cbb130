"""A value as it stands in a workbook or a CSV file."""

import json
from datetime import date, datetime

from app.clock import TOKYO
from app.web.times import era_day

LONGEST = 32_000
"""Excel takes 32,767 characters in a cell."""


def text_of(value: object) -> str:
    """Instants in Asia/Tokyo with their offset (ISO 8601), lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, datetime):
        return value.astimezone(TOKYO).isoformat(timespec="seconds")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def cell_of(value: object) -> int | str:
    return value if isinstance(value, int) and not isinstance(value, bool) else text_of(value)


def in_era(value: object) -> str:
    """令和8年9月24日, with the time where there is one."""
    if isinstance(value, datetime):
        local = value.astimezone(TOKYO)
        return f"{era_day(local.date())} {local:%H:%M}"
    return era_day(value) if isinstance(value, date) else ""


def for_workbook(text: str) -> tuple[str, bool]:
    """What fits into a cell, and whether that is all of it."""
    return (text, True) if len(text) <= LONGEST else (f"{text[:LONGEST]}…", False)


def in_cp932(text: str) -> tuple[str, list[str]]:
    """With each character that CP932 lacks as `{U+20BB7}`, and those characters."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        lacking = [one for one in text if not _is_held(one)]
        return "".join(one if _is_held(one) else f"{{{code_point(one)}}}" for one in text), lacking
    return text, []


def _is_held(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def code_point(character: str) -> str:
    return f"U+{ord(character):04X}"
