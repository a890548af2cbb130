"""立ち上げの書類: the network's names in them, marked as drafts, as PDF and as a Word file."""

import io
import re
from zipfile import ZipFile

import docx
import pypdfium2
import pytest

from app.networks.models import Network
from app.running.founding.papers import PAPERS
from tests.cast import Cast, Desk

PLACE = "/office/running/founding"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def in_pdf(clerk: Desk, paper: str) -> tuple[str, int]:
    answer = clerk.get(f"{PLACE}/{paper}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    sides = [round(side / 72 * 25.4) for side in document[0].get_size()]
    pages = len(document)
    document.close()
    assert sides == [210, 297]
    return "".join(text.split()), pages


def in_word(clerk: Desk, paper: str) -> str:
    answer = clerk.get(f"{PLACE}/{paper}.docx")
    assert answer.status_code == 200
    file = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "".join("".join([*(one.text for one in file.paragraphs), *cells]).split())


def test_several_municipalities_sign_together(cast: Cast, clerk: Desk) -> None:
    with cast.app.state.database.writing() as session:
        network = session.get_one(Network, cast.town.here.network.id)
        network.kind, network.municipality = "wide_area", "青波広域"
        network.municipalities = ["青波市", "北山町"]
    charter = in_word(clerk, "charter")
    assert "青波市・北山町の長は、法第11条の7により" in charter
    assert "青波市・北山町の文書の規程に合わせて" in charter
    assert "青波市・北山町の長様" in in_word(clerk, "application")


@pytest.mark.parametrize("paper", PAPERS)
def test_both_files_say_the_same(clerk: Desk, paper: str) -> None:
    (pdf, _), word = in_pdf(clerk, paper), in_word(clerk, paper)
    for sentence in re.findall(r"[^。\s]{8,}。", word)[:12]:
        assert sentence in pdf
    assert "青波市" in word
    assert "{" not in word


@pytest.mark.parametrize("paper", ["charter", "application", "commission"])
def test_what_rests_on_law_is_marked_as_a_draft(clerk: Desk, paper: str) -> None:
    assert "案。" in in_word(clerk, paper)
    assert "法務・要綱の担当で確かめてください" in in_pdf(clerk, paper)[0]


def test_the_charter_says_how_sure_each_citation_is(clerk: Desk) -> None:
    text = in_word(clerk, "charter")
    for article in ("11条の3", "11条の4", "11条の5", "11条の6", "11条の7"):
        assert text.count(article) >= 2
    assert "一般の知識。原文で確かめる" in text
    assert "青波市市民生活課(電話0000-00-1188)" in text


def test_the_explanation_is_one_page(clerk: Desk) -> None:
    text, pages = in_pdf(clerk, "explanation")
    assert pages == 1
    assert "本部・事務局は見られません" in text


def test_a_word_file_runs_nothing_and_names_nobody(clerk: Desk) -> None:
    zipped = ZipFile(io.BytesIO(clerk.get(f"{PLACE}/charter.docx").content))
    assert not [name for name in zipped.namelist() if "vba" in name.lower() or "external" in name]
    core = zipped.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "python" not in core


def test_a_word_file_says_that_it_is_japanese(clerk: Desk) -> None:
    zipped = ZipFile(io.BytesIO(clerk.get(f"{PLACE}/charter.docx").content))
    styles = zipped.read("word/styles.xml").decode()
    assert re.findall(r'w:lang [^>]*w:eastAsia="([^"]+)"', styles) == ["ja-JP"]


def test_a_network_that_named_no_office_gets_a_place_to_write(cast: Cast) -> None:
    assert "【課の名前】" in in_word(cast.stranger("clerk"), "charter")


def test_an_unknown_paper_is_not_found(clerk: Desk) -> None:
    assert clerk.get(f"{PLACE}/secret.docx").status_code == 404
