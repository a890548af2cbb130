"""Finished PDFs: what a camera would read on their pages, and several made into one."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

import pypdfium2
import zxingcpp

MM_PER_INCH = 25.4
DOTS_PER_INCH = 100
"""Coarser than any printer: what is read here is read from paper too."""

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_one_at_a_time = Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True)
class Code:
    """What a code says, and its top left corner in millimetres from the page's."""

    text: str
    x: float
    y: float


def codes_by_page(pdf: bytes, wanted: Container[int] | None = None) -> list[list[Code]]:
    """Draws each page, or each `wanted` one, and reads the two-dimensional codes on it, in no
    certain order. Nothing is read on other pages."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [
                _codes(document[i]) if wanted is None or i in wanted else []
                for i in range(len(document))
            ]
        finally:
            document.close()


def join(pdfs: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, in order. Tags are left behind: it is for a printer."""
    whole = BytesIO()
    with _one_at_a_time:
        joined = pypdfium2.PdfDocument.new()
        parts = [pypdfium2.PdfDocument(pdf) for pdf in pdfs]
        for part in parts:
            joined.import_pages(part)
        joined.save(whole)
        for document in (*parts, joined):
            document.close()
    return whole.getvalue()


def _codes(page: pypdfium2.PdfPage) -> list[Code]:
    bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True)
    image = zxingcpp.ImageView(
        memoryview(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        zxingcpp.ImageFormat.Lum,
        bitmap.stride,
    )
    found = zxingcpp.read_barcodes(
        image,
        formats=QR_CODES,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
    )
    mm = MM_PER_INCH / DOTS_PER_INCH
    codes = [(code.text, code.position.top_left) for code in found]
    bitmap.close()
    page.close()
    return [Code(text, corner.x * mm, corner.y * mm) for text, corner in codes]
