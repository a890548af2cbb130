"""Everything but badges, under a ruler: exact sizes, fonts inside, nothing beyond the paper."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from app.printing.documents import render_document
from app.printing.glyphs import missing_glyphs
from app.printing.prints import (
    PRINTS,
    PrintWords,
    WorkplaceSlip,
    render_briefing,
    render_preview,
    render_print,
    render_slips,
)
from app.printing.shop_codes import Article, ShopCode, render_shop_codes
from tests.printing.examples import HOST
from tests.printing.paper import MM_PER_POINT, Box, Page, pages, scan
from tests.printing.print_examples import BARE, BRIEFING, LONG, PAPER, WORDS
from tests.printing.survey_examples import ADDRESSES, survey_slips

SIZES = {
    "magnet-a4": (297, 210), "magnet-a3": (420, 297), "magnet-450": (450, 150),
    "poster-a4": (210, 297), "poster-a3": (297, 420), "stickers": (210, 297),
    "leaflet": (297, 210), "hotline-cards": (210, 297), "buttons-44": (210, 297),
    "buttons-57": (210, 297), "armband": (420, 297), "check-script": (210, 297),
}  # fmt: skip
PLACES = [
    WorkplaceSlip("マルミ 青波駅前店", "K7M3Q9", HOST + "K7M3Q9XD2PA"),
    WorkplaceSlip("社会福祉法人青波市社会福祉協議会 青波東地域包括支援センター" * 2, "XD2PAZ"),
]


SMALLEST = 4.8
SHOP = ShopCode("A-0142", "K7M3Q9XD2PA", HOST + "K7M3Q9XD2PA", "マルミ 青波駅前店")


def everything(words: PrintWords) -> dict[str, bytes]:
    made = {kind: render_print(kind, words) for kind in PRINTS}
    made["briefing"] = render_briefing(BRIEFING, words)
    made["slips"] = render_slips(PLACES, words)
    made["survey"] = survey_slips(words)
    made["document"] = render_document(PAPER)
    for article in Article:
        made[article] = render_shop_codes(article, [SHOP, replace(SHOP, place="店" * 200)], words)
    return made


@pytest.fixture(scope="module", params=["usual", "long", "bare"])
def made(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return everything({"usual": WORDS, "long": LONG, "bare": BARE}[request.param])


def test_each_has_its_exact_size(made: dict[str, bytes]) -> None:
    sizes = {kind: {page.size for page in pages(pdf)} for kind, pdf in made.items()}
    expected = {
        **SIZES,
        "briefing": (210, 297),
        "slips": (210, 297),
        "sticker": (210, 297),
        "card": (210, 297),
        "survey": (210, 297),
        "document": (210, 297),
    }
    for kind, found in sizes.items():
        assert [pytest.approx(expected[kind], abs=0.02)] == list(found), kind


def test_each_is_titled_tagged_and_claims_pdf_ua(made: dict[str, bytes]) -> None:
    for kind, pdf in made.items():
        document = pypdfium2.PdfDocument(pdf)
        assert document.get_metadata_dict()["Title"], kind
        assert document.is_tagged(), kind
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf, kind


def test_every_font_is_embedded(made: dict[str, bytes]) -> None:
    for pdf in made.values():
        for page in pypdfium2.PdfDocument(pdf):
            kinds = [pdfium.FPDF_PAGEOBJ_TEXT]
            fonts = [pdfium.FPDFTextObj_GetFont(o) for o in page.get_objects(filter=kinds)]
            assert fonts
            assert all(pdfium.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)


def test_no_text_leaves_the_paper_or_lacks_a_glyph(made: dict[str, bytes]) -> None:
    for kind, pdf in made.items():
        for page in pages(pdf):
            width, height = page.size
            text = page.page.get_textpage()
            for i in range(text.count_rects()):
                left, bottom, right, top = (v * MM_PER_POINT for v in text.get_rect(i))
                assert left > 2, kind
                assert right < width - 2, kind
                assert bottom > 2, kind
                assert top < height - 2, kind
            assert missing_glyphs(page.text.replace("\r\n", "")) == [], kind


def test_no_name_makes_letters_too_small_to_read(made: dict[str, bytes]) -> None:
    for kind, pdf in made.items():
        for page in pages(pdf):
            assert smallest_letter(page) >= SMALLEST, kind


def smallest_letter(page: Page) -> float:
    """In points."""
    text = page.page.get_textpage()
    letters = [i for i in range(text.count_chars()) if not pdfium.FPDFText_IsGenerated(text, i)]
    return min(float(round(pdfium.FPDFText_GetFontSize(text, i), 1)) for i in letters)


def page_of(kind: str, words: PrintWords = WORDS) -> Page:
    return pages(render_print(kind, words))[0]


def test_the_magnets_art_is_277_by_190_mm() -> None:
    art = page_of("magnet-a4").dark_box(Box(0, 0, 297, 201), darker_than=225)
    assert (art.left, art.top) == pytest.approx((10, 10), abs=0.1)
    assert (art.right, art.bottom) == pytest.approx((287, 200), abs=0.1)


def test_watching_is_written_large_enough_for_the_street() -> None:
    letters = page_of("magnet-a4").where("見守り中")
    assert letters.right - letters.left > 150


def test_the_poster_names_the_police_only_where_they_agreed() -> None:
    assert "青波警察署" in page_of("poster-a4").text
    without = page_of("poster-a4", replace(WORDS, police_name="")).text
    assert "警察署" not in without
    assert "#9110" in without


def test_a_button_is_cut_and_shown_at_the_sizes_it_says() -> None:
    page = page_of("buttons-57")
    cut = page.dark_box(Box(32, 7, 104.5, 79.4), darker_than=200)
    assert cut.right - cut.left == pytest.approx(70, abs=0.3)
    assert "仕上がり 57 mm" in page.text


def test_the_leaflet_folds_at_97_197_and_behind_them() -> None:
    outside, inside = pages(render_print("leaflet", WORDS))
    for page, folds in ((outside, (97,)), (inside, (100, 200))):
        for fold in folds:
            line = page.dark_box(Box(fold - 1, 2, fold + 1, 5), darker_than=230)
            assert (line.left + line.right) / 2 == pytest.approx(fold, abs=0.1)
    assert outside.where("相談するところ").left > 97
    assert outside.where("いっしょに").left > 197


def test_the_armband_is_400_by_90_mm() -> None:
    band = page_of("armband").dark_box(Box(9.5, 5, 410.5, 101), darker_than=245)
    assert (band.right - band.left, band.bottom - band.top) == pytest.approx((400, 90), abs=0.2)


def test_the_briefing_holds_the_whole_script_and_a_place_for_each_name() -> None:
    (page,) = pages(render_briefing(replace(BRIEFING, script="あ" * 150), WORDS))
    assert page.text.count("あ") >= 150
    assert "24" in page.text
    assert page.codes(300) == []


def test_residents_read_where_a_badge_can_be_checked() -> None:
    for kind in ("leaflet", "check-script"):
        (first, *_) = pages(render_print(kind, WORDS))
        assert WORDS.verification in first.text
        (bare, *_) = pages(render_print(kind, BARE))
        assert "verify" not in bare.text


def test_slips_give_each_workplace_its_number() -> None:
    (page,) = pages(render_slips(PLACES, WORDS))
    assert [code.text for code in page.codes(150)] == [PLACES[0].address]
    assert page.where("K7M3Q9").right < 105
    assert page.where("XD2PAZ").left > 105
    with pytest.raises(ValueError, match="at least one"):
        render_slips([], WORDS)


def worn(page: Page, dpi: int) -> Image.Image:
    """As a phone sees it: few points, blurred, packed hard."""
    packed = BytesIO()
    scan(page.page, dpi).filter(ImageFilter.GaussianBlur(1)).save(packed, "JPEG", quality=30)
    return Image.open(packed)


@pytest.mark.parametrize("dpi", [110, 300])
def test_codes_on_slips_read_as_a_phone_sees_them(made: dict[str, bytes], dpi: int) -> None:
    for kind, wanted in (("slips", [PLACES[0].address]), ("survey", ADDRESSES)):
        found = [
            code.text
            for page in pages(made[kind])
            for code in zxingcpp.read_barcodes(worn(page, dpi))
        ]
        assert sorted(found) == sorted(wanted), kind


def test_a_preview_is_a_small_picture_with_the_networks_own_words() -> None:
    one = render_preview("poster-a4", WORDS)
    assert one.startswith(b"\x89PNG")
    assert one != render_preview("poster-a4", LONG)
    assert int.from_bytes(one[16:20], "big") == pytest.approx(360, abs=2)
