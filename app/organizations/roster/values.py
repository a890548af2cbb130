"""What each kind of cell says. Every reader raises Doubt rather than guess."""

import re
from datetime import date, time, timedelta

from app.organizations.roster.cells import Cell, Doubt, folded, is_blank, plain, quoted

BADGES_AT_MOST = 999
"""For one workplace: more is a slip of the keyboard."""

UNDER_MERGED_CELL = "上の行と結合"
"""Stands for a count that a merged cell shares between lines."""

_LOST_LETTER = re.compile("[?〓\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SELF = frozenset({"(個人)", "個人"})
_OFFICES = {"(本部)": "本部", "(本社)": "本社", "(本店)": "本店"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_HYPHEN = re.compile(r"(?<=[0-9)])[‐‑–—―−ー](?=[0-9(])")
_LEADING_ZERO_LOST = re.compile(r"[1-9][0-9]{8,9}")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COUNT = re.compile(r"([-−▲△]?)([0-9]+)(?:\.0+)?(?:枚|名|人|個)?")


def words(cell: Cell) -> str:
    """Text as the clerk wrote it; Excel turns a text like 3-1 into a date, which is refused."""
    if isinstance(cell, date | time | timedelta):
        raise Doubt("が日付や時刻に変わっています。文字として書き直してください")
    text = plain(cell)
    return "" if is_blank(text) else text


def name(cell: Cell) -> str:
    """Words without letters lost to 外字 or to a character set."""
    text = words(cell)
    if _LOST_LETTER.search(text):
        raise Doubt(f"{quoted(text)}に、外字か文字化けした字があります")
    return text


def organization(cell: Cell) -> str:
    text = name(cell)
    if not text:
        raise Doubt("がありません")
    return text


def workplace(cell: Cell) -> str:
    """Empty where the organization itself, or a person, is meant."""
    text = name(cell)
    key = folded(text)
    return "" if key in _SELF else _OFFICES.get(key, text)


def telephone(cell: Cell) -> str:
    """Half-width digits and hyphens, with the leading zero that a number cell drops."""
    text = _HYPHEN.sub("-", words(cell).translate(_FULL_WIDTH))
    return f"0{text}" if _LEADING_ZERO_LOST.fullmatch(text) else text


def email(cell: Cell) -> str:
    text = words(cell).translate(_FULL_WIDTH)
    if text and not _ADDRESS.fullmatch(text):
        raise Doubt(f"{quoted(text)}は、メールアドレスとして読めません(1つだけ書いてください)")
    return text


def badge_count(cell: Cell) -> int:
    """How many badges; nothing, a dash or なし is none."""
    text = folded(cell)
    if is_blank(text):
        return 0
    match = _COUNT.fullmatch(text)
    if match is None:
        raise Doubt(f"{quoted(plain(cell))}は、枚数として読めません(例:5)")
    minus, digits = match.groups()
    if minus:
        raise Doubt(f"{quoted(plain(cell))}は、0より小さい数です")
    if int(digits) > BADGES_AT_MOST:
        raise Doubt(f"{quoted(plain(cell))}は、多すぎます({BADGES_AT_MOST}枚まで)")
    return int(digits)
