"""What a screen reader finds in a PDF: its language, its tags, and what stands for a picture."""

from collections.abc import Callable, Iterator
from ctypes import Array, c_char, c_ushort
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Tag:
    kind: str
    alt: str


def language_of(document: pypdfium2.PdfDocument) -> str:
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    letters: Array[c_ushort] = (c_ushort * (length // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, letters, length)
    return _decoded(bytes(letters))


def tags_of(page: pypdfium2.PdfPage) -> list[Tag]:
    """From outside to inside, in the order of reading."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        roots = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, place) for place in range(count)]
        return [tag for root in roots for tag in _within(root)]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def unmarked(page: pypdfium2.PdfPage) -> int:
    """How many things on it are neither tagged nor said to be mere decoration."""
    return sum(pdfium.FPDFPageObj_CountMarks(one) < 1 for one in page.get_objects(max_depth=1))


def _within(element: Any) -> Iterator[Tag]:
    kind, alt = pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText
    yield Tag(_text(kind, element), _text(alt, element))
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _within(child)


def _text(ask: Callable[..., int], element: Any) -> str:
    length = ask(element, None, 0)
    letters: Array[c_char] = (c_char * length)()
    ask(element, letters, length)
    return _decoded(bytes(letters))


def _decoded(text: bytes) -> str:
    return text.decode("utf-16-le").rstrip("\0")
