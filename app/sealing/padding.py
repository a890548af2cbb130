"""Padding, so that a sealed text does not show how long it is."""

STEP = 256
LONGEST = 0xFFFF


def pad(text: str) -> bytes:
    """2-byte big-endian length, UTF-8, then zeros up to a multiple of 256 bytes.

    ValueError over 65,535 bytes, and for text that is not UTF-8 (a lone surrogate).
    """
    data = text.encode()
    if len(data) > LONGEST:
        raise ValueError(f"text is longer than {LONGEST} bytes")
    framed = len(data).to_bytes(2, "big") + data
    return framed.ljust(-(-len(framed) // STEP) * STEP, b"\0")


def unpad(padded: bytes) -> str:
    """ValueError for anything that `pad` would not have written."""
    length = int.from_bytes(padded[:2], "big")
    text = padded[2 : 2 + length].decode()
    if pad(text) != padded:
        raise ValueError("not a padded text")
    return text
