"""Names are printed as they are written, or somebody is told that they cannot be."""

import re
from functools import cache

from app.printing.cmap import Coverage, read_coverage
from app.printing.fonts import FACES

SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
CHARACTER = re.compile(f".[{SELECTORS}]?", re.DOTALL)


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that the bundled faces cannot draw, each once, in order.

    A character and its variation selector (IVS, 異体字) count as one: if the faces have only the
    plain form, the pair is returned, for printing it would put another form in its place.
    """
    characters = dict.fromkeys(CHARACTER.findall(text))
    return [character for character in characters if not _has_glyph(character)]


def _has_glyph(character: str) -> bool:
    base, *selector = (ord(point) for point in character)
    if selector:
        return (base, selector[0]) in _coverage().sequences
    return base in _coverage().characters


@cache
def _coverage() -> Coverage:
    regular, bold = (read_coverage(face) for face in FACES)
    return regular & bold
