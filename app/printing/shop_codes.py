"""店QR on paper: stickers and counter cards of badges that a shop shares."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from app.printing.badge_sheet import UnreadableCodes
from app.printing.pages import codes_by_page
from app.printing.prints import PrintWords
from app.printing.qr import qr_svg
from app.printing.typesetting import typeset


class Article(StrEnum):
    """STICKER: six of 90 × 90 mm on an A4. CARD: four A6 on an A4, for a counter."""

    STICKER = "sticker"
    CARD = "card"

    @property
    def on_a_page(self) -> int:
        return {Article.STICKER: 6, Article.CARD: 4}[self]


TITLES = {Article.STICKER: "店QR ステッカー", Article.CARD: "店QR カウンターカード"}


@dataclass(frozen=True)
class ShopCode:
    number: str
    code: str
    address: str
    place: str


def render_shop_codes(article: Article, shops: Sequence[ShopCode], words: PrintWords) -> bytes:
    """A PDF of A4 pages, in the order given; a single one fills its page with copies of itself.

    Raises ValueError for none, AddressTooLong as `qr_svg`, UnreadableCodes if the codes on the
    pages don't read as they should.
    """
    if not shops:
        raise ValueError("there is nothing to print")
    listed = list(shops) * article.on_a_page if len(shops) == 1 else list(shops)
    title = f"{TITLES[article]} {words.municipality} {words.network_name}"
    pdf = typeset(
        "shop_codes.typ",
        {
            "title": title,
            "article": article.value,
            "words": asdict(words),
            "shops": [_printable(shop) for shop in listed],
        },
    )
    check_codes(pdf, [one.address for one in listed], article.on_a_page)
    return pdf


def check_codes(pdf: bytes, addresses: Sequence[str], on_a_page: int) -> None:
    """Raises UnreadableCodes unless each page shows the codes of its places; "" is a place
    without one."""
    pages = [addresses[i : i + on_a_page] for i in range(0, len(addresses), on_a_page)]
    read = [sorted(code.text for code in codes) for codes in codes_by_page(pdf)]
    if read != [sorted(filter(None, page)) for page in pages]:
        raise UnreadableCodes


def _printable(shop: ShopCode) -> dict[str, str]:
    grouped = f"{shop.code[:4]}-{shop.code[4:8]}-{shop.code[8:]}"
    return asdict(shop) | {"grouped_code": grouped, "qr": qr_svg(shop.address)}
