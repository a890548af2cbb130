"""The sheet under a ruler: everything here is millimetres on A4."""

from dataclasses import replace

import pytest

from app.printing.badge_sheet import render_badge_sheet
from tests.printing.examples import CARD, TEXT, cards, one
from tests.printing.paper import Box, pages

EVEN_LONGER = "あおなみ県南部生活協同組合連合会青波地域配送事業部第一配送センター付属ステーション"


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (10, 1), (11, 2)])
def test_ten_cards_make_a_front_and_a_back_of_a4(count: int, sheets: int) -> None:
    paper = pages(render_badge_sheet(cards(count), TEXT))
    assert [page.size for page in paper] == [(210.0, 297.0)] * 2 * sheets


@pytest.mark.parametrize("dpi", [150, 300])
def test_every_code_reads_as_its_address_and_fronts_have_none(eleven: bytes, dpi: int) -> None:
    front, back, second_front, second_back = (page.codes(dpi) for page in pages(eleven))
    addresses = [card.address for card in cards(11)]
    assert (front, second_front) == ([], [])
    assert sorted(code.text for code in back) == sorted(addresses[:10])
    assert [code.text for code in second_back] == addresses[10:]


def test_each_back_lies_behind_its_front_when_flipped_on_the_long_edge(eleven: bytes) -> None:
    front, back, second_front, second_back = pages(eleven)
    for card in cards(11):
        sheet = (second_front, second_back) if card.number == "A-0311" else (front, back)
        number = sheet[0].where(card.number)
        code = next(code for code in sheet[1].codes(150) if code.text == card.address)
        column, row = cell(number.left, number.top)
        assert cell(code.left, code.top) == (1 - column, row)


def test_cards_read_from_left_to_right_and_down(eleven: bytes) -> None:
    front = pages(eleven)[0]
    places = [front.where(card.number) for card in cards(10)]
    assert [cell(place.left, place.top) for place in places] == [
        (column, row) for row in range(5) for column in range(2)
    ]


@pytest.mark.parametrize("side", [0, 1])
def test_crop_ticks_stand_at_the_edges_of_the_cards(eleven: bytes, side: int) -> None:
    page = pages(eleven)[side]
    for x in (14, 105, 196):
        tick = page.dark_box(Box(x - 2, 4, x + 2, 7), darker_than=230)
        assert (tick.left + tick.right) / 2 == pytest.approx(x, abs=0.1)
        assert tick.right - tick.left == pytest.approx(0.15, abs=0.09)
    for y in (11, 66, 121, 176, 231, 286):
        tick = page.dark_box(Box(5, y - 2, 9, y + 2), darker_than=230)
        assert (tick.top + tick.bottom) / 2 == pytest.approx(y, abs=0.1)


def test_the_code_fills_32_mm_with_its_quiet_zone(eleven: bytes) -> None:
    back = pages(eleven)[1]
    for column in range(2):
        left, top = 14 + 91 * column + 2.5, 11 + 2.5
        dark = back.dark_box(Box(left, top, left + 32, top + 32))
        quiet, module = 4 * 32 / 37, 32 / 37
        assert (dark.left - left, dark.top - top) == pytest.approx((quiet, quiet), abs=0.06)
        assert dark.right - dark.left == pytest.approx(29 * module, abs=0.1)
        assert dark.bottom - dark.top == pytest.approx(29 * module, abs=0.1)


def test_the_band_runs_3_mm_over_the_outer_cuts(eleven: bytes) -> None:
    front = pages(eleven)[0]
    band = front.dark_box(Box(10.5, 11 + 43.5, 199.5, 11 + 44.5))
    assert (band.left, band.right) == pytest.approx((11, 199), abs=0.1)


@pytest.mark.parametrize(
    ("organization", "workplace"),
    [
        ("ミナト信用金庫", "青波東口出張所"),
        ("ミナト信用金庫 青波東口出張所", ""),
        ("社会福祉法人青波市社会福祉協議会", "青波東地域包括支援センターあおなみの里二号館別棟"),
        ("青波県生活協同組合連合会", "あおなみ南部配送事業部第一配送センター付属ステーション"),
        (EVEN_LONGER, EVEN_LONGER),
    ],
)
def test_long_names_keep_clear_of_number_and_title(organization: str, workplace: str) -> None:
    front, _ = one(replace(CARD, organization=organization, workplace=workplace, call_name="甲"))
    names = front.between(organization[:6], "A-0142")
    assert names.top > front.where("青波市 消費者").bottom
    assert names.bottom < front.where("見守り協力員").top
    assert names.right < front.where("有効").left


def test_a_very_long_call_name_stays_on_one_line_of_the_card() -> None:
    name = "Maria Fernanda dos Santos Oliveira グエン・ティ・フォン"
    place = one(replace(CARD, call_name=name))[0].where(name)
    assert place.right < 14 + 87
    assert place.bottom - place.top < 4


def test_a_long_municipality_and_centre_stay_on_the_card() -> None:
    text = replace(
        TEXT,
        municipality="かすみがうら南市",
        network_name="消費者安全確保地域協議会みまもりネットワーク",
        center_name="かすみがうら南市立消費生活総合支援センター",
    )
    front, back = one(text=text)
    assert front.where("みまもりネットワーク").right < 14 + 87.2
    assert front.where("この名札の確認は").left > front.where("188").right
    assert back.where("かすみがうら南市立").left > 14 + 36


def cell(left: float, top: float) -> tuple[int, int]:
    return int((left - 14) // 91), int((top - 11) // 55)
