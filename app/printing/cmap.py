"""Which characters an OpenType font can draw, read from its `cmap` table (OpenType 1.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import iter_unpack, unpack_from

FULL_UNICODE = 12
VARIATION_SEQUENCES = 14


@dataclass(frozen=True)
class Coverage:
    """Code points, and (base, variation selector) pairs, that have a glyph of their own."""

    characters: frozenset[int]
    sequences: frozenset[tuple[int, int]]

    def __and__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.characters & other.characters, self.sequences & other.sequences)


def read_coverage(font: Path) -> Coverage:
    """Reads subtables 12 and 14; KeyError if the font has no such subtable."""
    subtables = dict(_subtables(_table(font.read_bytes(), b"cmap")))
    return Coverage(
        frozenset(_characters(subtables[FULL_UNICODE])),
        frozenset(_sequences(subtables[VARIATION_SEQUENCES])),
    )


def _table(font: bytes, wanted: bytes) -> bytes:
    (count,) = unpack_from(">H", font, 4)
    records = iter_unpack(">4sIII", font[12 : 12 + 16 * count])
    return next(font[at : at + length] for tag, _, at, length in records if tag == wanted)


def _subtables(cmap: bytes) -> Iterator[tuple[int, bytes]]:
    (count,) = unpack_from(">H", cmap, 2)
    for _, _, at in iter_unpack(">HHI", cmap[4 : 4 + 8 * count]):
        yield unpack_from(">H", cmap, at)[0], cmap[at:]


def _characters(table: bytes) -> Iterator[int]:
    (count,) = unpack_from(">I", table, 12)
    for first, last, _ in iter_unpack(">III", table[16 : 16 + 12 * count]):
        yield from range(first, last + 1)


def _sequences(table: bytes) -> Iterator[tuple[int, int]]:
    (count,) = unpack_from(">I", table, 6)
    for record in range(10, 10 + 11 * count, 11):
        selector = _uint24(table, record)
        usual, special = unpack_from(">II", table, record + 3)
        for base in (*_usual_bases(table, usual), *_special_bases(table, special)):
            yield base, selector


def _usual_bases(table: bytes, at: int) -> Iterator[int]:
    for entry in _entries(table, at, 4):
        first = _uint24(table, entry)
        yield from range(first, first + table[entry + 3] + 1)


def _special_bases(table: bytes, at: int) -> Iterator[int]:
    for entry in _entries(table, at, 5):
        yield _uint24(table, entry)


def _entries(table: bytes, at: int, size: int) -> range:
    if at == 0:
        return range(0)
    (count,) = unpack_from(">I", table, at)
    return range(at + 4, at + 4 + size * count, size)


def _uint24(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 3], "big")
