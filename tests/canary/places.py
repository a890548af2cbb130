"""Bytes wherever they lie: files, and what is packed into them."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Set
from pathlib import Path

import brotli

from tests.canary.leveldb import is_table, values_of
from tests.canary.spellings import Needles

ZIP, GZIP, DEEPEST = b"PK\x03\x04", b"\x1f\x8b\x08", 4
LARGEST = 1 << 28
# What a database keeps free, and no spelling of a word holds: as good as a few of them.
EMPTY, FEW = re.compile(rb"\0{64,}"), bytes(8)


def unpacked(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, then all that can be taken out of them."""
    yield data
    if depth >= DEEPEST:
        return
    for inner in _inside(data):
        yield from unpacked(inner, depth + 1)


def _inside(data: bytes) -> Iterator[bytes]:
    whole = memoryview(data)
    if data.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(one) for one in packed.infolist())
    if is_table(data):
        yield values_of(data)
    start = data.find(GZIP)
    while start >= 0:
        if inner := _inflated(whole[start:], 31):
            yield inner
        start = data.find(GZIP, start + 1)
    for head in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        start = data.find(head)
        while start >= 0:
            if inner := _inflated(whole[start:], 15):
                yield inner
            start = data.find(head, start + 1)


def _inflated(data: memoryview, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(data, LARGEST)
    except zlib.error:
        return b""


def from_cache(data: bytes) -> bytes:
    """A browser's cache keeps an answer as it came; after its address, brotli has no mark."""
    for start in range(20, min(len(data), 600)):
        try:
            return brotli.Decompressor().process(data[start:])
        except brotli.error:
            continue
    return b""


def search(
    folder: Path, needles: Needles, without: Set[Path] = frozenset(), since: float = 0
) -> dict[str, set[str]]:
    """By file, which of the texts lie in it in any spelling, packed or not. `without`: folders that
    are somebody else's. `since`: files to which nothing was written after that hold nothing new."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not without.isdisjoint(path.parents):
            continue
        if texts := search_bytes(_bytes_of(path, since), needles):
            found[str(path.relative_to(folder))] = texts
    return found


def _bytes_of(path: Path, since: float) -> bytes:
    """None of a file that a database at work has let go of meanwhile: it lies nowhere."""
    try:
        is_new = path.is_file() and path.stat().st_mtime >= since
        return path.read_bytes() if is_new else b""
    except FileNotFoundError:
        return b""


def search_bytes(data: bytes, needles: Needles) -> set[str]:
    return set().union(*(needles.found_in(EMPTY.sub(FEW, one)) for one in unpacked(data)))


def packed(text: str) -> bytes:
    return gzip.compress(text.encode())
