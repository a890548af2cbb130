"""Papers hold whatever a clerk wrote: nothing is left out in silence, and nothing stops them."""

from dataclasses import replace

import pytest

from app.printing.badge_sheet import render_badge_sheet
from app.printing.documents import SPELLED, Section, render_document
from app.printing.prints import PRINTS, render_print
from app.printing.shop_codes import Article, ShopCode, render_shop_codes
from tests.printing.examples import CARD, HOST, TEXT
from tests.printing.paper import pages
from tests.printing.print_examples import PAPER, WORDS

HARD = "丸\U0001f600商店\ue000\x01\ufeff渡邊\U000e011f"
EASY = "#panic() *髙﨑* $x$ 渡邉\U000e0102 -- 'q'\n2行目"


def squeezed(pdf: bytes) -> str:
    return "".join("".join(page.text for page in pages(pdf)).split())


def test_letters_the_faces_lack_are_spelled_and_said_so() -> None:
    text = squeezed(render_document(replace(PAPER, title=HARD, sections=[Section(HARD, [HARD])])))
    assert text.count("丸{U+1F600}商店{U+E000}{U+0001}{U+FEFF}渡邊{U+E011F}") == 3
    assert "".join(SPELLED.split()) in text


def test_of_a_paper_that_lacks_none_nothing_is_said() -> None:
    text = squeezed(render_document(replace(PAPER, sections=[Section("", [EASY])])))
    assert "".join(EASY.split()) in text
    assert "書体にない" not in text


@pytest.mark.parametrize("kind", PRINTS)
def test_no_name_in_the_settings_keeps_a_print_from_being_made(kind: str) -> None:
    words = replace(WORDS, network_name=HARD, center_name=HARD, police_name=HARD, office=HARD)
    assert "{U+1F600}" in squeezed(render_print(kind, words))


def test_nor_a_badge_nor_a_shop_code() -> None:
    badge = render_badge_sheet([replace(CARD, call_name=HARD)], replace(TEXT, center_name=HARD))
    shop = render_shop_codes(
        Article.CARD, [ShopCode("A-0142", "K7M3Q9XD2PA", HOST + "K7M3Q9XD2PA", HARD)], WORDS
    )
    assert "{U+1F600}" in squeezed(badge)
    assert "{U+1F600}" in squeezed(shop)
