"""Badges on the paper that the clerk has, each code read back before the sheet is given out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from app.printing.badge_paper import USUAL, Layout, Paper, Place, Side, arrange
from app.printing.pages import Strip, codes_by_page
from app.printing.qr import qr_svg
from app.printing.typesetting import typeset

CODE_ENDS = 36.5
"""Millimetres from a back's left edge: the code ends at 34.5, its quiet zone included."""
OFFICES = {"市": "市役所", "区": "区役所", "町": "役場", "村": "役場", "県": "県庁", "府": "府庁"}
OF_SEVERAL = "行政"


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

    `lost_to` is a desk with its number, 「青波市 市民生活課 0000-00-1188」. `is_wide`: of several
    municipalities, so that its name is no town hall's.
    """

    municipality: str
    network_name: str
    center_name: str
    center_tel: str
    lost_to: str
    hotline: str = "188"
    is_wide: bool = False


class UnreadableCodes(Exception):
    """A page as it would be printed doesn't show the codes it should, each in its place."""


def render_badge_sheet(
    cards: Sequence[BadgeCard], text: SheetText, layout: Layout = USUAL, *, tagged: bool = True
) -> bytes:
    """A PDF in the order of the cards; unless told otherwise two A4 pages for every ten: fronts,
    then backs with the columns swapped, to be flipped on the long edge. To be printed at 100 %.
    PDF/UA-1 if `tagged`, else the same to look at in half the time.

    Raises ValueError for no cards or a layout that isn't possible, AddressTooLong for an address
    that would make the code too fine, UnreadableCodes if the pages don't read as they should.
    """
    if not cards:
        raise ValueError("a sheet needs at least one card")
    pages = arrange(len(cards), layout)
    sheet: dict[str, object] = {
        "title": f"{text.municipality} {text.network_name} 名札 {len(cards)}枚",
        "words": _words(text),
        "cards": [_printable(card) for card in cards],
        "pages": [[asdict(place) for place in page] for page in pages],
        "paper": _measures(layout),
    }
    if not tagged:
        sheet["common"] = list(_common(text, layout.sheet.extra))
    pdf = typeset("badge_sheet.typ", sheet, tagged=tagged)
    expected = [_expected(page, cards) for page in pages]
    if _read(pdf, layout.sheet, expected) != expected:
        raise UnreadableCodes
    return pdf


@lru_cache(maxsize=8)
def _common(text: SheetText, extra: float) -> bytes:
    """What is the same on all badges: laid out once, placed on each as a picture."""
    data = {"words": _words(text), "extra": extra}
    return typeset("badge_common.typ", data, tagged=False)


def _words(text: SheetText) -> dict[str, object]:
    office = OF_SEVERAL if text.is_wide else OFFICES.get(text.municipality[-1:], OF_SEVERAL)
    return asdict(text) | {"office": office}


def _read(
    pdf: bytes, paper: Paper, expected: Sequence[Mapping[tuple[int, int], str]]
) -> list[dict[tuple[int, int], str]]:
    """Only where codes should be: drawing the rest would cost half as much again."""
    strips = {
        number: [_strip(paper, column) for column in sorted({column for column, _ in codes})]
        for number, codes in enumerate(expected)
    }
    return [
        {paper.cell(code.x, code.y): code.text for code in codes}
        for codes in codes_by_page(pdf, strips)
    ]


def _strip(paper: Paper, column: int) -> Strip:
    left = paper.margins[0] + column * paper.card[0]
    return Strip(left, left + CODE_ENDS * paper.scale)


def _expected(page: list[Place], cards: Sequence[BadgeCard]) -> dict[tuple[int, int], str]:
    return {
        (place.column, place.row): cards[place.badge].address
        for place in page
        if place.side is Side.BACK
    }


def _measures(layout: Layout) -> dict[str, object]:
    paper = layout.sheet
    return asdict(paper) | {
        "margins": paper.margins,
        "scale": paper.scale,
        "extra": paper.extra,
        "marks": layout.marks and min(paper.margins) > 0,
    }


def _printable(card: BadgeCard) -> dict[str, str | None]:
    return asdict(card) | {
        "grouped_code": f"{card.code[:4]}-{card.code[4:8]}-{card.code[8:]}",
        "host": urlsplit(card.address.lower()).netloc,
        "qr": qr_svg(card.address),
    }
