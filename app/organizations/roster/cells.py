"""One cell: its plain text, and the doubt it may leave."""

import re
import unicodedata
from datetime import date, time, timedelta

Cell = str | int | float | bool | date | time | timedelta

_BREAKS = re.compile(r"[\t-\r]+")
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_HALF_WIDTH_KANA = re.compile("[ぁ-ゖァ-ヺ]?[\u3099\u309a\uff61-\uff9f]+")
_TIDY_ALREADY = re.compile(
    "[^\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff"
    "\u3099\u309a\uff61-\uff9f]*"
)
_BLANK = frozenset({"", "-", "‐", "–", "—", "―", "−", "－", "ー", "なし", "無し", "無"})
_SHOWN = 30


class Doubt(ValueError):
    """Why a cell cannot be taken: the rest of a sentence that begins with the column's heading."""


def plain(cell: Cell) -> str:
    """The cell on one line with full-width katakana; every kanji stays exactly as it was.

    Unicode normalization would replace U+FA19 by U+795E and many more; only kana go through it.
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    if _TIDY_ALREADY.fullmatch(text):
        return text.strip()
    text = _BREAKS.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return _HALF_WIDTH_KANA.sub(_widened, text).strip()


def folded(cell: Cell) -> str:
    """For comparing only, never for keeping: no spaces, one width, no compatibility letters."""
    text = plain(cell)
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def is_blank(text: str) -> bool:
    """Nothing, a dash, or なし."""
    return text in _BLANK


def quoted(text: str) -> str:
    return f"「{text[:_SHOWN]}…」" if len(text) > _SHOWN else f"「{text}」"


def _widened(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", run.group())
