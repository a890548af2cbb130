"""What is printed besides badges: for vehicles, shops, residents, and the centre's own desk."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from app.printing.qr import qr_svg
from app.printing.typesetting import typeset, typeset_picture

A4, A4_WIDE = (210.0, 297.0), (297.0, 210.0)
A3, A3_WIDE = (297.0, 420.0), (420.0, 297.0)
PREVIEW_WIDTH = 360
REMEMBERED = 200
ON_A_PAGE = 4
SAMPLE_UNTIL = "令和○年○月"


@dataclass(frozen=True)
class PrintWords:
    """What a network says on everything: empty where it hasn't said. `verification`: where
    residents ask about a badge, as one types it."""

    municipality: str
    network_name: str
    center_name: str
    center_tel: str
    hours: str
    police_name: str
    police_tel: str
    houkatsu_name: str
    houkatsu_tel: str
    office: str
    verification: str = ""
    hotline: str = "188"


@dataclass(frozen=True)
class Print:
    """`page` in millimetres; `more`: what tells it from others of the same template."""

    template: str
    title: str
    page: tuple[float, float]
    more: Mapping[str, Any] = field(default_factory=dict)


PRINTS: Mapping[str, Print] = {
    "magnet-a4": Print("magnet.typ", "車のマグネット A4", A4_WIDE, {"form": "framed"}),
    "magnet-a3": Print("magnet.typ", "車のマグネット A3", A3_WIDE, {"form": "framed"}),
    "magnet-450": Print("magnet.typ", "車のマグネット 450×150", (450.0, 150.0), {"form": "long"}),
    "poster-a4": Print("poster.typ", "店頭ポスター A4", A4),
    "poster-a3": Print("poster.typ", "店頭ポスター A3", A3),
    "stickers": Print("stickers.typ", "見守り協力店ステッカー", A4),
    "leaflet": Print("leaflet.typ", "住民向けリーフレット", A4_WIDE),
    "hotline-cards": Print("hotline_cards.typ", "188カード", A4),
    "buttons-44": Print("buttons.typ", "缶バッジ 44mm", A4, {"shown": 44, "cut": 54}),
    "buttons-57": Print("buttons.typ", "缶バッジ 57mm", A4, {"shown": 57, "cut": 70}),
    "armband": Print("armband.typ", "腕章", A3_WIDE),
    "check-script": Print("check_script.typ", "名札の確認の電話 受け答え", A4),
}


@dataclass(frozen=True)
class Briefing:
    """朝礼・回覧. At most four signs to look for; `day` as it is written."""

    headline: str
    script: str
    signs: tuple[str, ...]
    words_to_say: str
    source: str
    day: str
    seconds: int


@dataclass(frozen=True)
class WorkplaceSlip:
    """`address`: what the code of its shared badge says; empty where it has none."""

    name: str
    code: str
    address: str = ""


def render_print(kind: str, words: PrintWords) -> bytes:
    """A PDF of one of PRINTS; KeyError for another."""
    return typeset(PRINTS[kind].template, _data(kind, words))


@lru_cache(REMEMBERED)
def render_preview(kind: str, words: PrintWords) -> bytes:
    """A PNG of its first page, 360 pixels wide."""
    ppi = PREVIEW_WIDTH / (PRINTS[kind].page[0] / 25.4)
    return typeset_picture(PRINTS[kind].template, _data(kind, words), ppi)


def render_briefing(briefing: Briefing, words: PrintWords) -> bytes:
    title = f"朝礼・回覧シート {briefing.headline}"
    return typeset("briefing.typ", {"title": title, "words": asdict(words), **asdict(briefing)})


def render_slips(places: list[WorkplaceSlip], words: PrintWords) -> bytes:
    """Four to an A4, in the order given. Raises ValueError for none; whoever gives addresses
    reads their codes back (shop_codes.check_codes)."""
    if not places:
        raise ValueError("slips need at least one workplace")
    listed = [asdict(one) | {"qr": one.address and qr_svg(one.address)} for one in places]
    return typeset("slips.typ", {"title": "職場の番号", "words": asdict(words), "places": listed})


def _data(kind: str, words: PrintWords) -> dict[str, object]:
    chosen = PRINTS[kind]
    title = f"{words.municipality} {words.network_name} {chosen.title}"
    return {
        "title": title,
        "page": chosen.page,
        "words": asdict(words),
        "sample_until": SAMPLE_UNTIL,
        **chosen.more,
    }
