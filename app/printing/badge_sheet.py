"""Badges of 91 × 55 mm, ten to an A4 sheet, as name-card paper is cut."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from app.printing.qr import qr_svg
from app.printing.typesetting import typeset

OFFICES = {"市": "市役所", "区": "区役所", "町": "役場", "村": "役場"}


@dataclass(frozen=True)
class BadgeCard:
    """One badge: `code` is the secret of 11 characters, `valid_until` reads 「2027年3月」."""

    number: str
    code: str
    address: str
    organization: str
    workplace: str
    call_name: str | None
    valid_until: str


@dataclass(frozen=True)
class SheetText:
    """What a municipality says on all its badges.

    `lost_to` is a desk with its number, 「青波市 市民生活課 0000-00-1188」.
    """

    municipality: str
    network_name: str
    center_name: str
    center_tel: str
    lost_to: str
    hotline: str = "188"


def render_badge_sheet(cards: Sequence[BadgeCard], text: SheetText) -> bytes:
    """A PDF of two A4 pages for every ten cards: fronts, then backs with the columns swapped.

    To be printed on both sides, flipped on the long edge, at 100 %. Raises ValueError for no
    cards, AddressTooLong for an address that would make the code too fine.
    """
    if not cards:
        raise ValueError("a sheet needs at least one card")
    office = OFFICES.get(text.municipality[-1:], "行政")
    sheet = {
        "title": f"{text.municipality} {text.network_name} 名札 {len(cards)}枚",
        "words": asdict(text) | {"office": office},
        "cards": [_printable(card) for card in cards],
    }
    return typeset("badge_sheet.typ", sheet)


def _printable(card: BadgeCard) -> dict[str, str | None]:
    return asdict(card) | {
        "grouped_code": f"{card.code[:4]}-{card.code[4:8]}-{card.code[8:]}",
        "host": urlsplit(card.address.lower()).netloc,
        "qr": qr_svg(card.address),
    }
