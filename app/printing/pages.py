"""Finished PDFs: what a camera would read on their pages, and several made into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import inf
from threading import Lock

import pypdfium2
import zxingcpp

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH
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


@dataclass(frozen=True)
class Strip:
    """A part of a page from its top to its bottom, in millimetres from its left edge."""

    left: float
    right: float


WHOLE = [Strip(0, inf)]


def codes_by_page(
    pdf: bytes, wanted: Mapping[int, Sequence[Strip]] | None = None
) -> list[list[Code]]:
    """Draws each page, or the `wanted` strips of those that have any, and reads the
    two-dimensional codes there, in no certain order. What lies beside a strip costs nothing."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            asked = dict.fromkeys(range(len(document)), WHOLE) if wanted is None else wanted
            return [_codes(document, n, asked.get(n, ())) for n in range(len(document))]
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


def _codes(document: pypdfium2.PdfDocument, number: int, strips: Sequence[Strip]) -> list[Code]:
    if not strips:
        return []
    page = document[number]
    codes = [code for strip in strips for code in _read(page, strip)]
    page.close()
    return codes


def _read(page: pypdfium2.PdfPage, strip: Strip) -> list[Code]:
    right = max(0, page.get_width() - strip.right * POINTS_PER_MM)
    beside = strip.left * POINTS_PER_MM, 0, right, 0
    bitmap = page.render(scale=DOTS_PER_INCH / 72, grayscale=True, crop=beside)
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
    return [Code(text, strip.left + corner.x * mm, corner.y * mm) for text, corner in codes]
