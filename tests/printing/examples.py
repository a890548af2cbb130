"""Badges of the fictional 青波市."""

from dataclasses import replace

from app.printing.badge_sheet import BadgeCard, SheetText, render_badge_sheet
from tests.printing.paper import Page, pages

HOST = "HTTPS://MIMAMORI.AONAMI.EXAMPLE/B/"
TEXT = SheetText(
    municipality="青波市",
    network_name="消費者見守りネットワーク",
    center_name="青波市消費生活センター",
    center_tel="0000-00-1188",
    lost_to="青波市 市民生活課 0000-00-1188",
)
CARD = BadgeCard(
    number="A-0142",
    code="K7M3Q9XD2PA",
    address=HOST + "K7M3Q9XD2PA",
    organization="ミナト信用金庫",
    workplace="青波東口出張所",
    call_name=None,
    valid_until="2027年3月",
)


def cards(count: int) -> list[BadgeCard]:
    codes = [f"K7M3Q9XD{i:03}".replace("0", "Z").replace("1", "Y") for i in range(count)]
    return [
        replace(CARD, number=f"A-{301 + i:04}", code=code, address=HOST + code)
        for i, code in enumerate(codes)
    ]


def one(card: BadgeCard = CARD, text: SheetText = TEXT) -> tuple[Page, Page]:
    front, back = pages(render_badge_sheet([card], text))
    return front, back
