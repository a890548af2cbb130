"""立ち上げの書類 as a word processor lays them out: pages, headings and every sentence."""

from pathlib import Path

import docx
import pypdfium2
import pytest

from app.running.founding.papers import PAPERS
from tests.printing.paper import Page, pages
from tests.round_trips.conftest import Trip

pytestmark = pytest.mark.xdist_group("libreoffice")
PAGES = {"charter": 2, "explanation": 1, "application": 1, "commission": 1}
each_paper = pytest.mark.parametrize("paper", PAPERS)


def laid_out(trip: Trip, paper: str) -> list[Page]:
    return pages((trip("pdf") / f"{paper}.pdf").read_bytes())


def written(start: Path, paper: str) -> list[tuple[str, str]]:
    """Style and text of each paragraph that says something, in tables too."""
    file = docx.Document(str(start / f"words/{paper}.docx"))
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    all_ = [*file.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    return [(one.style.name if one.style else "", one.text) for one in all_ if one.text.strip()]


def squeezed(text: str) -> str:
    """Without ✓ too, which another face draws and some programs then read out of its place."""
    return "".join(text.replace("✓", "").split())


@each_paper
def test_each_has_the_pages_it_should(trip: Trip, paper: str) -> None:
    paged = laid_out(trip, paper)
    assert all(page.size == pytest.approx((210, 297), abs=0.05) for page in paged)
    assert len(paged) == PAGES[paper]


@each_paper
def test_every_sentence_is_on_paper(trip: Trip, start: Path, paper: str) -> None:
    printed = squeezed("".join(page.text for page in laid_out(trip, paper)))
    for _, text in written(start, paper):
        assert squeezed(text) in printed


@each_paper
def test_headings_are_headings(trip: Trip, start: Path, paper: str) -> None:
    headings = [text for style, text in written(start, paper) if style == "Heading 1"]
    document = pypdfium2.PdfDocument(trip("pdf") / f"{paper}.pdf")
    assert [one.get_title() for one in document.get_toc()] == headings
    document.close()
