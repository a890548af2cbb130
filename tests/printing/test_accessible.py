"""PDF/UA-1 as far as a program can tell: Typst refuses what breaks its rules, and here is looked at
what came out. Whether the order of reading makes sense, only a reader can say."""

from collections.abc import Iterator

import pypdfium2
import pytest

from app.printing.badge_paper import PAPERS, Layout
from app.printing.badge_sheet import render_badge_sheet
from app.printing.trial_sheet import render_trial_sheet
from tests.printing.examples import TEXT, cards
from tests.printing.print_examples import PAPER, WORDS
from tests.printing.structure import Tag, language_of, tags_of, unmarked
from tests.printing.test_prints import everything


@pytest.fixture(scope="module")
def printed() -> Iterator[dict[str, pypdfium2.PdfDocument]]:
    made = everything(WORDS)
    for paper in PAPERS:
        made[f"badges-{paper}"] = render_badge_sheet(cards(2), TEXT, Layout(paper))
        made[f"trial-{paper}"] = render_trial_sheet(paper)
    opened = {kind: pypdfium2.PdfDocument(pdf) for kind, pdf in made.items()}
    yield opened
    for document in opened.values():
        document.close()


Printed = dict[str, pypdfium2.PdfDocument]


def test_each_speaks_japanese_and_has_tags_on_every_page(printed: Printed) -> None:
    for kind, document in printed.items():
        assert language_of(document) == "ja-JP", kind
        for page in document:
            assert tags_of(page)[0] == Tag("Document", ""), kind


def test_nothing_on_a_page_is_neither_tagged_nor_decoration(printed: Printed) -> None:
    for kind, document in printed.items():
        for page in document:
            assert unmarked(page) == 0, kind


def test_each_picture_says_what_it_is(printed: Printed) -> None:
    figures = {
        kind: [tag.alt for page in document for tag in tags_of(page) if tag.kind == "Figure"]
        for kind, document in printed.items()
    }
    assert all(alt for alts in figures.values() for alt in alts)
    assert figures["badges-card"] == ["二次元コード A-0301", "二次元コード A-0302"]
    assert all(figures[kind] for kind in ("slips", "survey", "sticker", "card"))


def test_a_papers_headings_and_tables_are_told_as_such(printed: Printed) -> None:
    kinds = [tag.kind for page in printed["document"] for tag in tags_of(page)]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == len(PAPER.sections)
    assert kinds.count("TH") == len(PAPER.sections[0].table[0])
    assert kinds.index("H1") < kinds.index("H2") < kinds.index("Table")
