"""Names are printed as they are written, or somebody is told that they cannot be."""

import re
from functools import cache
from unicodedata import category

from app.printing.cmap import Coverage, read_coverage
from app.printing.fonts import FACES

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
PRESENTATION = "\ufe0e\ufe0f"
"""As a picture or as text: nobody's name depends on it."""
ORDERING = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
"""Invisible, and turns the letters after it around, or is refused by PDF/UA."""
PLAIN = re.compile(r"[\t\n\r -~]*")
CHARACTER = re.compile(f".[{SELECTORS}]?", re.DOTALL)


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that the bundled faces cannot draw, each once, in order.

    A character and its variation selector (IVS, 異体字) count as one: if the faces have only the
    plain form, the pair is returned, for printing it would put another form in its place.
    """
    characters = dict.fromkeys(CHARACTER.findall(text))
    return [character for character in characters if not _has_glyph(character)]


def spelled(text: str) -> str:
    """What the faces can't draw by its number, 邊{U+E011F}: neither left out nor replaced in
    silence, and no reason to print nothing at all."""
    return text if PLAIN.fullmatch(text) else CHARACTER.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    character = found[0]
    if _has_glyph(character) or _takes_no_ink(character):
        return character
    return "".join(one if _has_glyph(one) else f"{{U+{ord(one):04X}}}" for one in character)


def _takes_no_ink(character: str) -> bool:
    base, selector = character[0], character[1:]
    if selector:
        return selector in PRESENTATION and _has_glyph(base)
    return base.isspace() or (category(base) == "Cf" and not ORDERING.match(base))


def _has_glyph(character: str) -> bool:
    base, *selector = (ord(point) for point in character)
    if selector:
        return (base, selector[0]) in _coverage().sequences
    return base in _coverage().characters


@cache
def _coverage() -> Coverage:
    regular, bold = (read_coverage(face) for face in FACES)
    return regular & bold
