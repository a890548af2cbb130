"""店QR as a tester sees it: on a scanner, under a ruler, through bad optics."""

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from app.printing.badge_sheet import UnreadableCodes
from app.printing.shop_codes import Article, ShopCode, check_codes, render_shop_codes
from tests.printing.examples import HOST
from tests.printing.paper import pages, scan
from tests.printing.print_examples import WORDS

CODE = "K7M3Q9XD2PA"
SHOP = ShopCode("A-0142", CODE, HOST + CODE, "マルミ 青波駅前店")
TWO = [SHOP, replace(SHOP, number="A-0143", code=CODE[::-1], address=HOST + CODE[::-1])]
each_article = pytest.mark.parametrize("article", Article)


@each_article
def test_one_shop_fills_its_page_and_several_come_once_each(article: Article) -> None:
    (page,) = pages(render_shop_codes(article, [SHOP], WORDS))
    assert [code.text for code in page.codes(150)] == [SHOP.address] * article.on_a_page
    (page,) = pages(render_shop_codes(article, TWO, WORDS))
    assert {code.text for code in page.codes(150)} == {shop.address for shop in TWO}


@each_article
def test_the_page_says_whose_it_is_and_what_reads_it(article: Article) -> None:
    (page,) = pages(render_shop_codes(article, [SHOP], WORDS))
    for words in ("マルミ 青波駅前店", "お店の端末で読み取ってください", "K7M3-Q9XD-2PA", "A-0142"):
        assert words in page.text


@each_article
def test_modules_are_larger_than_a_badges(article: Article) -> None:
    (page,) = pages(render_shop_codes(article, TWO, WORDS))
    first, second = sorted(page.codes(300), key=lambda code: code.left)
    apart = {Article.STICKER: 100, Article.CARD: 105}[article]
    assert second.left - first.left == pytest.approx(apart, abs=0.3)


@each_article
def test_a_blurred_photograph_still_reads(article: Article) -> None:
    (page,) = pages(render_shop_codes(article, TWO, WORDS))
    poor = BytesIO()
    scan(page.page, 110).filter(ImageFilter.GaussianBlur(1)).save(poor, "JPEG", quality=30)
    found = {code.text for code in zxingcpp.read_barcodes(Image.open(poor))}
    assert found == {shop.address for shop in TWO}


def test_a_page_whose_codes_are_not_those_asked_for_is_refused() -> None:
    pdf = render_shop_codes(Article.STICKER, TWO, WORDS)
    check_codes(pdf, [shop.address for shop in TWO], 6)
    with pytest.raises(UnreadableCodes):
        check_codes(pdf, [SHOP.address], 6)
    with pytest.raises(ValueError, match="nothing"):
        render_shop_codes(Article.CARD, [], WORDS)
