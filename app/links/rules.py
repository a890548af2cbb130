"""Which networks work together, and as what."""

from enum import StrEnum

MUNICIPALITY, WIDE_AREA, PREFECTURE = "municipality", "wide_area", "prefecture"


class LinkKind(StrEnum):
    """CENTER: 中心市 or a wide-area group leads a municipality around it. PREFECTURE: it leads a
    municipality or a wide-area group within it."""

    CENTER = "center"
    PREFECTURE = "prefecture"


LEADING = {
    LinkKind.CENTER: {MUNICIPALITY, WIDE_AREA},
    LinkKind.PREFECTURE: {PREFECTURE},
}


def fits(kind: LinkKind, leading: str, led: str) -> bool:
    """`leading`, `led`: kinds of network."""
    return leading in LEADING[kind] and led in {MUNICIPALITY, WIDE_AREA}


def still_fits(kind: LinkKind, leads: bool, own: str, peer: str) -> bool:
    """Seen from one of the two."""
    return fits(kind, own, peer) if leads else fits(kind, peer, own)
