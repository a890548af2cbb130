"""What is cut out, folded or written in, under a ruler: millimetres on paper."""

from dataclasses import replace

import pytest

from app.printing.documents import Section, render_document
from app.printing.prints import render_print, render_slips
from app.printing.shop_codes import Article, ShopCode, render_shop_codes
from tests.printing.examples import HOST
from tests.printing.paper import Box, Page, pages
from tests.printing.print_examples import PAPER, WORDS
from tests.printing.test_prints import PLACES

CUT = 0.15
"""How much a ruler may be off."""


def crossed(page: Page, around: Box, darker_than: int) -> Box:
    """How far the dark goes on a line across its middle and on one down its middle."""
    x, y = (around.left + around.right) / 2, (around.top + around.bottom) / 2
    across = page.dark_box(replace(around, top=y, bottom=y + 0.5), darker_than)
    down = page.dark_box(replace(around, left=x, right=x + 0.5), darker_than)
    return Box(across.left, down.top, across.right, down.bottom)


@pytest.mark.parametrize(
    ("kind", "around", "edges"),
    [
        ("magnet-a3", Box(2, 2, 418, 285), Box(14.14, 14.14, 405.86, 282.83)),
        ("magnet-450", Box(2, 2, 448, 136), Box(10, 8, 440, 134)),
        ("stickers", Box(9.2, 7.8, 100.8, 99.2), Box(10, 8.5, 100, 98.5)),
        ("buttons-44", Box(21.4, 7.4, 76.6, 62.6), Box(21.9, 7.9, 76.1, 62.1)),
        ("hotline-cards", Box(13, 46, 197, 67), Box(14, 48, 196, 66)),
    ],
)
def test_what_is_cut_out_has_its_size_and_place(kind: str, around: Box, edges: Box) -> None:
    (page,) = pages(render_print(kind, WORDS))
    found = crossed(page, around, 245)
    for edge in ("left", "top", "right", "bottom"):
        assert getattr(found, edge) == pytest.approx(getattr(edges, edge), abs=CUT), edge


def test_a_shops_sticker_is_90_mm_and_its_code_44() -> None:
    shop = ShopCode("A-0142", "K7M3Q9XD2PA", HOST + "K7M3Q9XD2PA", "マルミ 青波駅前店")
    (page,) = pages(render_shop_codes(Article.STICKER, [shop], WORDS))
    frame = crossed(page, Box(9.2, 7.8, 100.8, 99.2), 200)
    assert (frame.right - frame.left, frame.bottom - frame.top) == pytest.approx(
        (90.6, 90.6), abs=CUT
    )
    code = page.dark_box(Box(20, 33.5, 90, 77.5))
    assert code.right - code.left == pytest.approx(44 * 29 / 37, abs=CUT)


def test_slips_are_cut_into_four_of_a6() -> None:
    (page,) = pages(render_slips(PLACES, WORDS))
    down = page.dark_box(Box(104, 200, 106, 290), darker_than=230)
    across = page.dark_box(Box(10, 147.5, 95, 149.5), darker_than=230)
    assert (down.left + down.right) / 2 == pytest.approx(105, abs=CUT)
    assert (across.top + across.bottom) / 2 == pytest.approx(148.5, abs=CUT)


def test_a_line_to_write_in_is_high_enough_for_a_hand() -> None:
    rows = [["項目", "記入"], ["代表者", ""], ["所在地", "　"], ["枚数", "3"], ["日付", "今日"]]
    (page,) = pages(render_document(replace(PAPER, sections=[Section("", table=rows)])))
    by_hand = page.where("所在地").top - page.where("代表者").top
    printed = page.where("日付").top - page.where("枚数").top
    assert by_hand >= 9
    assert printed < 8
