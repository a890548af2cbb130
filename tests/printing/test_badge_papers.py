"""Badges on papers other than the usual one, under a ruler, and read as a phone would."""

from io import BytesIO
from math import isclose

import pytest
import zxingcpp
from PIL import Image, ImageFilter

import app.printing.badge_sheet as badge_sheet
from app.printing.badge_paper import PAPERS, Layout, Sides
from app.printing.badge_sheet import UnreadableCodes, render_badge_sheet
from app.printing.pages import Code, Strip, codes_by_page, join
from app.printing.trial_sheet import render_trial_sheet
from tests.printing.examples import TEXT, cards
from tests.printing.paper import Box, Page, pages, scan

A4 = (210.0, 297.0)


def sheet(count: int, layout: Layout) -> list[Page]:
    return pages(render_badge_sheet(cards(count), TEXT, layout))


@pytest.mark.parametrize(("paper", "size"), [("b8", A4), ("a7", A4), ("cr80", (85.6, 53.98))])
def test_each_paper_has_its_exact_size_and_its_codes(paper: str, size: tuple[float, float]) -> None:
    front, back = sheet(1, Layout(paper))
    assert front.size == pytest.approx(size, abs=0.02)
    assert [code.text for code in back.codes(300)] == [cards(1)[0].address]
    assert front.codes(300) == []


@pytest.mark.parametrize("paper", ["b8", "a7", "cr80"])
def test_the_band_ends_at_the_cards_lower_edge(paper: str) -> None:
    (front,) = sheet(1, Layout(paper, Sides.FRONTS))
    left, top = PAPERS[paper].margins
    width, height = PAPERS[paper].card
    height_of_band = 12 * PAPERS[paper].scale
    x = left + 1
    band = front.dark_box(Box(x, top + height / 2, x + 1, top + height))
    assert band.top == pytest.approx(top + height - height_of_band, abs=0.1)
    assert band.bottom == pytest.approx(top + height, abs=0.1)
    assert width == pytest.approx(91 * PAPERS[paper].scale)


def test_a_begun_sheet_stays_empty_where_cards_were() -> None:
    front, back = sheet(2, Layout(start=4))
    assert front.where("A-0301").top > 11 + 55
    assert front.where("A-0301").left > 105
    assert {(code.left < 105, int((code.top - 11) // 55)) for code in back.codes(150)} == {
        (True, 1),
        (False, 2),
    }


def test_front_and_back_lie_beside_each_other_for_printers_without_duplex() -> None:
    (page,) = sheet(5, Layout(sides=Sides.BESIDE))
    codes = page.codes(150)
    assert len(codes) == 5
    assert all(code.left > 105 for code in codes)
    assert page.where("A-0301").right < 105


def test_without_marks_nothing_lies_outside_the_cards() -> None:
    (page,) = sheet(1, Layout(sides=Sides.BACKS, marks=False))
    with pytest.raises(AssertionError, match="nothing dark"):
        page.dark_box(Box(0, 0, 210, 10), darker_than=250)


def worn(image: Image.Image) -> Image.Image:
    """As a phone sees it: blurred, then packed hard."""
    packed = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.5)).save(packed, "JPEG", quality=40)
    return Image.open(packed)


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("dpi", [150, 300])
def test_codes_read_blurred_and_packed_as_a_phone_sees_them(paper: str, dpi: int) -> None:
    (back,) = sheet(PAPERS[paper].rows, Layout(paper, Sides.BACKS))[:1]
    found = zxingcpp.read_barcodes(worn(scan(back.page, dpi)))
    expected = [card.address for card in cards(PAPERS[paper].rows)]
    assert sorted(code.text for code in found) == sorted(expected)


def test_a_sheet_whose_codes_say_something_else_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = badge_sheet.qr_svg
    monkeypatch.setattr(badge_sheet, "qr_svg", lambda text: drawn(text[:-1] + "Z"))
    with pytest.raises(UnreadableCodes):
        render_badge_sheet(cards(3), TEXT)


def test_a_sheet_whose_codes_stand_behind_other_fronts_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn, addresses = badge_sheet.qr_svg, [card.address for card in cards(2)]
    swapped = dict(zip(addresses, reversed(addresses), strict=True))
    monkeypatch.setattr(badge_sheet, "qr_svg", lambda text: drawn(swapped[text]))
    with pytest.raises(UnreadableCodes):
        render_badge_sheet(cards(2), TEXT)


def test_parts_are_joined_in_order() -> None:
    one, other = (render_badge_sheet(cards(11)[i:], TEXT) for i in (0, 10))
    texts = [{code.text for code in codes} for codes in codes_by_page(join([one, other]))]
    addresses = [card.address for card in cards(11)]
    assert texts == [set(), set(addresses[:10]), set(), {addresses[10]}, set(), {addresses[10]}]


def test_a_strip_shows_its_own_codes_where_they_lie_on_the_page() -> None:
    pdf = render_badge_sheet(cards(10), TEXT, Layout(sides=Sides.BACKS))
    left, right = Strip(14, 50.5), Strip(105, 141.5)
    (whole,), (one,), (both,) = (
        codes_by_page(pdf, wanted) for wanted in (None, {0: [right]}, {0: [left, right]})
    )
    assert codes_by_page(pdf, {}) == [[]]
    assert {code.text for code in one} == {code.text for code in whole if code.x > 105}
    assert len(one) == 5
    for mine, other in zip(by_text(both), by_text(whole), strict=True):
        assert mine.text == other.text
        assert (mine.x, mine.y) == pytest.approx((other.x, other.y), abs=0.5)


def by_text(codes: list[Code]) -> list[Code]:
    return sorted(codes, key=lambda code: code.text)


@pytest.mark.parametrize("paper", list(PAPERS))
def test_the_trial_sheet_has_a_ruler_and_the_frames(paper: str) -> None:
    front, back = pages(render_trial_sheet(paper))
    assert "定規で測ってください" in front.text
    assert front.size == back.size == pytest.approx(PAPERS[paper].page, abs=0.02)
    length, x, y = (60, 10, 24) if paper == "cr80" else (100, 0, 0)
    if paper != "cr80":
        left, top = PAPERS[paper].margins
        x, y = left + 10, top + PAPERS[paper].card[1] + 12
    line = front.dark_box(Box(x - 1, y + 0.3, x + length + 1, y + 1))
    assert isclose(line.right - line.left, length + 0.2, abs_tol=0.15)
    assert front.codes(150) == []
