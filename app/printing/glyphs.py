"""Names are printed as they are written, or somebody is told that they cannot be."""

import re
import unicodedata
from functools import cache

from app.printing.cmap import Coverage, read_coverage
from app.printing.fonts import FACES

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
SELECTOR = re.compile(f"[{SELECTORS}]")
GETA = "〓"
CHARACTER = re.compile(f".[{SELECTORS}]?", re.DOTALL)


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that the bundled faces cannot draw, each once, in order.

    A character and its variation selector (IVS, 異体字) count as one: if the faces have only the
    plain form, the pair is returned, for printing it would put another form in its place.
    """
    characters = dict.fromkeys(CHARACTER.findall(text))
    return [character for character in characters if not _has_glyph(character)]


def drawable(text: str) -> str:
    """`text` as the faces can set it: 〓 stands where they have no glyph, as printers have always
    put it; what can't be seen is left out. PDF/UA takes neither and would refuse the page."""
    if text.isascii() or _coverage().characters.issuperset(map(ord, text)):
        return text
    return "".join(map(_drawn, text))


def undrawable(text: str) -> list[str]:
    """The characters in whose place `drawable` puts 〓, each once, in order."""
    return [one for one in dict.fromkeys(text) if one != GETA and _drawn(one) == GETA]


def _drawn(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in {"Cc", "Cf"} and character not in "\n\t":
        return ""
    is_there = ord(character) in _coverage().characters
    if (
        is_there
        or character in "\n\t"
        or SELECTOR.fullmatch(character)
        or kind in {"Zl", "Zp", "Zs"}
    ):
        return character
    return GETA


def _has_glyph(character: str) -> bool:
    base, *selector = (ord(point) for point in character)
    if selector:
        return (base, selector[0]) in _coverage().sequences
    return base in _coverage().characters


@cache
def _coverage() -> Coverage:
    regular, bold = (read_coverage(face) for face in FACES)
    return regular & bold
