"""Reading what a browser keeps in LevelDB: tables whose blocks Snappy has compressed."""

from collections.abc import Iterator

MAGIC = bytes.fromhex("57fb808b247547db")
FOOTER = 48
SNAPPY = 1


def is_table(data: bytes) -> bool:
    return len(data) >= FOOTER and data.endswith(MAGIC)


def values_of(table: bytes) -> bytes:
    """All blocks of a table, one after the other, as they were before they were compressed."""
    _, at = _number(table, len(table) - FOOTER)
    _, at = _number(table, at)
    offset, at = _number(table, at)
    size, _ = _number(table, at)
    index = _block(table, offset, size)
    return b"".join(_block(table, *handle) for handle in _handles(index))


def _handles(index: bytes) -> Iterator[tuple[int, int]]:
    """Where the blocks are: an entry is shared, unshared, length, key and value."""
    restarts = int.from_bytes(index[-4:], "little")
    at, end = 0, len(index) - 4 * (restarts + 1)
    while at < end:
        _, at = _number(index, at)
        unshared, at = _number(index, at)
        length, at = _number(index, at)
        at += unshared
        offset, after = _number(index, at)
        size, _ = _number(index, after)
        yield offset, size
        at += length


def _block(table: bytes, offset: int, size: int) -> bytes:
    raw = table[offset : offset + size]
    return snappy(raw) if table[offset + size] == SNAPPY else raw


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A varint, and what comes after it."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if not byte & 0x80:
            return value, at


def snappy(data: bytes) -> bytes:
    """https://github.com/google/snappy/blob/main/format_description.txt"""
    _, at = _number(data, 0)
    whole = bytearray()
    while at < len(data):
        tag = data[at]
        at += 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                width = length - 59
                length = int.from_bytes(data[at : at + width], "little")
                at += width
            whole += data[at : at + length + 1]
            at += length + 1
            continue
        if tag & 3 == 1:
            length, offset = 4 + (tag >> 2 & 7), tag >> 5 << 8 | data[at]
            at += 1
        else:
            width = 2 if tag & 3 == 2 else 4
            length, offset = (tag >> 2) + 1, int.from_bytes(data[at : at + width], "little")
            at += width
        for _ in range(length):
            whole.append(whole[-offset])
    return bytes(whole)
