"""Only a PDF that everybody can open is taken in, and nothing hostile gets to the server itself."""

import io

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from app.bylaws import pdf
from app.bylaws.pdf import REFUSALS, pages_of
from app.errors import Invalid
from tests.bylaws.papers import paper

SCRIPT = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a)4 0 R]>>>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj
4 0 obj<</S/JavaScript/JS(app.alert\\(1\\))>>endobj
trailer<</Root 1 0 R>>
"""


def with_attachment() -> bytes:
    document = pypdfium2.PdfDocument(paper())
    document.new_attachment("a.exe").set_data(b"MZ")
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


def test_a_plain_paper_has_its_pages() -> None:
    assert pages_of(paper(3)) == 3


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"PK\x03\x04 a workbook", "none"),
        (b"<html>%PDF-</html>", "none"),
        (b"%PDF-1.7\nnothing behind it", "broken"),
        (paper()[:400], "broken"),
        (paper(encrypt=StandardEncryption("open me", canPrint=1)), "locked"),
        (paper(encrypt=StandardEncryption("", ownerPassword="o", canPrint=0)), "locked"),
        (SCRIPT, "active"),
        (with_attachment(), "active"),
        (paper(301), "long"),
    ],
    ids=["zip", "html", "empty", "cut", "password", "restricted", "script", "attachment", "long"],
)
def test_anything_else_gets_its_sentence(content: bytes, refusal: str) -> None:
    with pytest.raises(Invalid) as refused:
        pages_of(content)
    assert refused.value.message == REFUSALS[refusal]


def test_what_ends_the_small_process_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "ask_confined", lambda *_: None)
    with pytest.raises(Invalid) as refused:
        pages_of(paper())
    assert refused.value.message == REFUSALS["broken"]
