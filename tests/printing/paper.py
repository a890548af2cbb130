"""What a tester would do with the printed sheet: lay it on a scanner, and put a ruler to it."""

from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import zxingcpp
from PIL import Image

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
HEIGHT = 297.0
FINE = 0.05


@dataclass(frozen=True)
class Box:
    """Millimetres from the top left corner of the page."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Code:
    text: str
    left: float
    top: float


class Page:
    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.page = page

        self._textpage = page.get_textpage()

    @cached_property
    def text(self) -> str:
        return self._textpage.get_text_range()

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.page.get_size()
        return round(width * MM_PER_POINT, 2), round(height * MM_PER_POINT, 2)

    def codes(self, dpi: int) -> list[Code]:
        found = zxingcpp.read_barcodes(scan(self.page, dpi))
        mm = MM_PER_INCH / dpi
        corners = [(code.text, code.position.top_left) for code in found]
        return [Code(text, corner.x * mm, corner.y * mm) for text, corner in corners]

    def where(self, words: str) -> Box:
        """The box around the first `words` of the page."""
        index, count = self._find(words)
        return self._box(index, count)

    def between(self, first: str, last: str) -> Box:
        """The box around everything from `first` up to, not including, `last`."""
        start, _ = self._find(first)
        end, _ = self._find(last)
        return self._box(start, end - start)

    def dark_box(self, area: Box, darker_than: int = 128) -> Box:
        """The box, to a twentieth of a millimetre, around everything dark within `area`."""
        edges = (area.left, area.top, area.right, area.bottom)
        left, top, right, bottom = (round(edge / FINE) for edge in edges)
        crop = self._fine_scan.crop((left, top, right, bottom))
        dark = crop.point(lambda grey: 255 if grey < darker_than else 0).getbbox()
        assert dark, f"nothing dark in {area}"
        return Box(
            *(
                (corner + start) * FINE
                for corner, start in zip(dark, (left, top, left, top), strict=True)
            )
        )

    @cached_property
    def _fine_scan(self) -> Image.Image:
        return scan(self.page, MM_PER_INCH / FINE)

    def _find(self, words: str) -> tuple[int, int]:
        found = self._textpage.search(words, match_case=True).get_next()
        assert found, f"{words} is not on the page"
        return found

    def _box(self, index: int, count: int) -> Box:
        rects = [
            self._textpage.get_rect(i) for i in range(self._textpage.count_rects(index, count))
        ]
        left, bottom, right, top = zip(*rects, strict=True)
        return Box(
            min(left) * MM_PER_POINT,
            HEIGHT - max(top) * MM_PER_POINT,
            max(right) * MM_PER_POINT,
            HEIGHT - min(bottom) * MM_PER_POINT,
        )


def pages(pdf: bytes) -> list[Page]:
    return [Page(page) for page in pypdfium2.PdfDocument(pdf)]


def scan(page: pypdfium2.PdfPage, dpi: float) -> Image.Image:
    return page.render(scale=dpi / 72, grayscale=True).to_pil()
