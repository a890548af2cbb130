"""The smallest compound files ([MS-CFB]) that hold an old xls workbook or a locked new one."""

import struct

from tests.organizations.roster.files import Lines

_SECTOR, _FREE, _END = 512, 0xFFFFFFFF, 0xFFFFFFFE
_FAT_SECTOR, _NO_ENTRY = 0xFFFFFFFD, 0xFFFFFFFF
_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_SHORTEST_STREAM = 4096
_GLOBALS, _WORKSHEET = 0x0005, 0x0010


def xls(lines: Lines) -> bytes:
    """BIFF8 ([MS-XLS]) with one sheet of text and numbers."""
    start = _begin(_GLOBALS)
    end = _record(0x000A, b"")
    name = _text("名簿", "<B")
    length = len(start) + 4 + 6 + len(name) + len(end)
    bound = _record(0x0085, struct.pack("<IBB", length, 0, 0) + name)
    cells = b"".join(
        _cell(row, column, cell)
        for row, cells in enumerate(lines)
        for column, cell in enumerate(cells)
    )
    sheet = _begin(_WORKSHEET) + cells + end
    return compound_file("Workbook", start + bound + end + sheet)


def locked_xls() -> bytes:
    """An old workbook with a password: a FilePass record right after its beginning."""
    file_pass = _record(0x002F, struct.pack("<HHH", 1, 1, 1) + b"\0" * 48)
    return compound_file("Workbook", _begin(_GLOBALS) + file_pass)


def locked_xlsx() -> bytes:
    """What Excel writes for a workbook with a password ([MS-OFFCRYPTO]), without its contents."""
    return compound_file("EncryptedPackage", b"\0" * _SHORTEST_STREAM)


def compound_file(name: str, stream: bytes) -> bytes:
    """Sector 0 is the allocation table, sector 1 the directory, the stream follows."""
    sectors = max(-(-len(stream) // _SECTOR), _SHORTEST_STREAM // _SECTOR)
    chain = [_FAT_SECTOR, _END, *range(3, sectors + 2), _END]
    table = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    directory = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory += _entry(name, 2, child=_NO_ENTRY, start=2, size=sectors * _SECTOR)
    header = _MAGIC + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SHORTEST_STREAM, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + directory.ljust(_SECTOR, b"\0") + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(written), kind, 1, _NO_ENTRY, _NO_ENTRY, child)
    return written.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", start, size)


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _cell(row: int, column: int, cell: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, int):
        return _record(0x0203, place + struct.pack("<d", cell))
    return _record(0x0204, place + _text(str(cell), "<H"))


def _text(text: str, length: str) -> bytes:
    written = text.encode("utf-16-le")
    return struct.pack(length, len(written) // 2) + b"\1" + written


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
