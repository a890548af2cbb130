"""Sheets that are made to be joined: what all badges say is placed on each as a picture."""

from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image, ImageChops

from app.printing.badge_paper import PAPERS, Layout, Sides
from app.printing.badge_sheet import BadgeCard, SheetText, render_badge_sheet
from app.printing.pages import join
from tests.printing.examples import TEXT, cards
from tests.printing.paper import Page, pages
from tests.printing.test_badge_sheet import are_embedded, faces

LONG = replace(
    TEXT,
    municipality="かすみがうら南市",
    network_name="消費者安全確保地域協議会みまもりネットワーク",
    center_name="かすみがうら南市立消費生活総合支援センター",
)
HAIR = 64
"""Steps of 255: what two ways of rounding a hundredth of a millimetre may differ by."""


def some_named() -> list[BadgeCard]:
    first, second, third, *others = cards(6)
    long = "Maria Fernanda dos Santos Oliveira グエン・ティ・フォン"
    return [first, replace(second, call_name="クルー A"), replace(third, call_name=long), *others]


def coloured(page: Page) -> Image.Image:
    drawn: Image.Image = page.page.render(scale=300 / 72).to_pil()
    return drawn


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("text", [TEXT, LONG])
def test_a_part_looks_like_a_sheet_with_tags(paper: str, text: SheetText) -> None:
    layout = Layout(paper, Sides.DUPLEX if paper == "cr80" else Sides.BESIDE)
    layout = layout if layout.is_possible else Layout(paper)
    tagged, part = (
        pages(render_badge_sheet(some_named(), text, layout, tagged=tagged))
        for tagged in (True, False)
    )
    assert len(tagged) == len(part)
    for one, other in zip(tagged, part, strict=True):
        difference = ImageChops.difference(coloured(one), coloured(other)).tobytes()
        assert max(difference) < HAIR


def test_what_is_printed_in_parts_stays_text_in_embedded_faces() -> None:
    part = render_badge_sheet(some_named(), TEXT, tagged=False)
    whole = join([part, render_badge_sheet(cards(1), TEXT, tagged=False)])
    front, back, *_ = pages(whole)
    for card in some_named():
        assert card.number in front.text
        assert f"電話では「{card.number}です」と言えば通じます" in back.text
    assert front.text.count("見守り協力員") == back.text.count("いま危ないときは") == 6
    assert "クルー A" in front.text
    assert are_embedded(whole)
    assert {name.split("-", 1)[1].split("-")[0] for name in faces(whole)} == {"Regular", "Bold"}


def test_a_part_says_of_itself_that_it_has_no_tags() -> None:
    part = render_badge_sheet(cards(1), TEXT, tagged=False)
    assert not pypdfium2.PdfDocument(part).is_tagged()
    assert b"pdfuaid" not in part


def test_parts_hold_the_words_that_all_share_once() -> None:
    one, many = (render_badge_sheet(cards(count), TEXT, tagged=False) for count in (1, 61))
    assert len(many) - len(one) < 60 * 1000
