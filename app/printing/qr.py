"""Two-dimensional codes for printing, for the screen and for a terminal."""

import re

import zxingcpp

VERSION = 3
LONGEST_ADDRESS = 47
QUIET_ZONE = 4
# Choosing a mask takes most of the time a code takes; a fixed one reads as well, for the code
# itself says which it is. Of the eight, 0 had the lowest mean penalty over badge addresses.
MASK = 0
DARK = 0
DARK_RUN = re.compile(rb"\x00+")
ALPHABET = re.compile(r"[0-9A-Z $%*+\-./:]*")
DARK_ON_WHITE, USUAL_COLOURS = "\x1b[38;5;16;48;5;231m", "\x1b[0m"


class AddressTooLong(ValueError):
    """The address does not fit a version 3 code at level Q, so setup must take a shorter host."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{len(address)} characters, at most {LONGEST_ADDRESS}: {address}")


def qr_svg(text: str) -> str:
    """An SVG of 37 × 37 units, one unit a module, the quiet zone of 4 included.

    Always version 3 and error level Q, so that every badge has modules of one size.
    `text` is at most 47 characters of the code's alphanumeric set (digits, upper-case letters,
    space and $%*+-./:), else AddressTooLong or ValueError.
    """
    modules = _modules(text)
    size = len(modules) + 2 * QUIET_ZONE
    dark = "".join(_strokes(QUIET_ZONE + y, row) for y, row in enumerate(modules))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{dark}"/></svg>'
    )


def qr_blocks(text: str) -> str:
    """The same code as 19 lines of 37 half blocks, dark on white whatever the terminal's colours
    are (ISO 8613-6)."""
    rows = _matrix(text)
    rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    lines = ("".join(map(_half_blocks, *pair)) for pair in pairs)
    return "\n".join(f"{DARK_ON_WHITE}{line}{USUAL_COLOURS}" for line in lines)


def _half_blocks(upper: bool, lower: bool) -> str:
    return " ▄▀█"[2 * upper + lower]


def _matrix(text: str) -> list[list[bool]]:
    beside = [False] * QUIET_ZONE
    rows = [[*beside, *(grey == DARK for grey in row), *beside] for row in _modules(text)]
    empty = [[False] * len(rows[0])] * QUIET_ZONE
    return [*empty, *rows, *empty]


def _modules(text: str) -> list[bytes]:
    """Row by row without the quiet zone, a byte each, DARK or not."""
    if len(text) > LONGEST_ADDRESS:
        raise AddressTooLong(text)
    if not ALPHABET.fullmatch(text):
        raise ValueError(f"outside the compact alphabet: {text}")
    code = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, version=VERSION, ecLevel="Q", dataMask=MASK
    )
    image = memoryview(code.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    greys, (height, width) = image.tobytes(), image.shape  # type: ignore[misc]
    return [greys[y * width : (y + 1) * width] for y in range(height)]


def _strokes(y: int, row: bytes) -> str:
    """The row's dark modules as strokes one unit thick: half the points of their outlines."""
    runs = (run.span() for run in DARK_RUN.finditer(row))
    return "".join([f"M{start + QUIET_ZONE} {y}.5h{end - start}" for start, end in runs])
