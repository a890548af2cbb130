from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.printing.badge_sheet import render_badge_sheet
from app.printing.glyphs import missing_glyphs
from app.printing.qr import AddressTooLong
from tests.printing.examples import CARD, TEXT, cards, one
from tests.printing.paper import pages

VOW = "この名札で、お金・カード・暗証番号を求めることはありません"


def test_no_cards_make_no_sheet() -> None:
    with pytest.raises(ValueError, match="at least one card"):
        render_badge_sheet([], TEXT)


def test_an_address_that_makes_too_fine_a_code_is_refused() -> None:
    with pytest.raises(AddressTooLong):
        render_badge_sheet([replace(CARD, address="H" * 48)], TEXT)


def test_the_front_tells_a_resident_who_this_is_and_whom_to_ask() -> None:
    front, _ = one(replace(CARD, call_name="クルー A"))
    for words in (
        "青波市 消費者見守りネットワーク",
        "ミナト信用金庫 青波東口出張所",
        "A-0142",
        "見守り協力員",
        "クルー A",
        "心配なこと、いっしょに確認します",
        VOW,
        "188",
        "青波市消費生活センター",
        "0000-00-1188",
        "有効 2027年3月まで",
    ):
        assert words in front.text


def test_the_secret_code_is_on_the_back_only() -> None:
    front, back = one()
    assert "K7M3-Q9XD-2PA" in back.text
    assert "K7M3" not in front.text


def test_the_back_tells_the_wearer_what_to_do() -> None:
    _, back = one()
    for words in (
        "気付いたら、読み取る",
        "スマホで読み取る",
        "当てはまるものに ✓",
        "センターに送る",
        "いま危ないときは、先に 110番",
        "読み取れないとき",
        "mimamori.aonami.example",
        "電話では「A-0142です」と言えば通じます",
        "この名札の人は市役所の職員ではありません",
        "なくした・拾ったときは 青波市 市民生活課 0000-00-1188 へ",
    ):
        assert words in back.text


@pytest.mark.parametrize(
    ("municipality", "office"), [("白瀬町", "役場"), ("青波広域連合", "行政"), ("青波市", "市役所")]
)
def test_the_back_names_the_office_as_people_there_do(municipality: str, office: str) -> None:
    _, back = one(text=replace(TEXT, municipality=municipality))
    assert f"この名札の人は{office}の職員ではありません" in back.text


def test_the_back_of_several_municipalities_names_no_town_hall() -> None:
    _, back = one(text=replace(TEXT, municipality="青波市ほか2町", is_wide=True))
    assert "この名札の人は行政の職員ではありません" in back.text


@pytest.mark.parametrize(
    "name", ["髙﨑 𠮷田", "渡邉\U000e0102 邊\U000e0100", "#panic() *A* $x$ -- 'q'", "神\ufe00田"]
)
def test_a_name_is_printed_exactly_as_written(name: str) -> None:
    front, _ = one(replace(CARD, call_name=name, workplace=name))
    assert front.text.count(name) == 2


def test_a_line_left_out_leaves_no_gap_or_error() -> None:
    assert one(replace(CARD, call_name=""))[0].text == one(CARD)[0].text


def test_every_face_is_embedded(eleven: bytes) -> None:
    names = faces(eleven)
    assert are_embedded(eleven)
    assert {name.split("-", 1)[1].split("-")[0] for name in names} == {"Regular", "Bold"}
    assert all("NotoSansCJKjp" in name for name in names)


def faces(pdf: bytes) -> set[str]:
    return {base_name(font) for font in fonts(pdf)}


def are_embedded(pdf: bytes) -> bool:
    return all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts(pdf))


def fonts(pdf: bytes) -> Iterator[pdfium.FPDF_FONT]:
    for page in pypdfium2.PdfDocument(pdf):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            yield pdfium.FPDFTextObj_GetFont(item)


def base_name(font: pdfium.FPDF_FONT) -> str:
    buffer = (pdfium.c_char * 128)()
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value.decode()


def test_nothing_printed_lacks_a_glyph(eleven: bytes) -> None:
    printed = "".join(page.text for page in pages(eleven))
    assert missing_glyphs(printed.replace("\r\n", "")) == []


def test_the_document_is_titled_and_tagged(eleven: bytes) -> None:
    document = pypdfium2.PdfDocument(eleven)
    assert document.get_metadata_dict()["Title"] == "青波市 消費者見守りネットワーク 名札 11枚"
    assert document.is_tagged()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in eleven


def test_the_same_cards_give_the_same_bytes(eleven: bytes) -> None:
    assert render_badge_sheet(cards(11), TEXT) == eleven


def test_two_hundred_cards_make_forty_pages_each_with_its_own_codes() -> None:
    paper = pages(render_badge_sheet(cards(200), TEXT))
    texts = [page.text for page in paper[1::2]]
    assert len(paper) == 40
    assert all(mine != other for mine, other in pairwise(texts))
    assert sum(text.count("読み取れないとき") for text in texts) == 200
