"""The same papers as a file that a word processor can change (ECMA-376, .docx)."""

import io
from collections.abc import Sequence
from datetime import datetime

import docx
from docx.document import Document as WordFile
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table

from app.printing.documents import Document

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FACE = "游明朝"
A4 = (Mm(210), Mm(297))
MARGIN = Mm(22)
BLACK = RGBColor(0, 0, 0)
STYLES = {"Normal": (10.5, 0, 4), "Title": (16, 6, 10), "Heading 1": (12, 12, 4)}
"""Points: the letters, and the room above and below a paragraph."""
TO_WRITE_IN = Mm(9)


def render_word(document: Document, now: datetime) -> bytes:
    """A4, text only: no macros, no links, nothing taken from the machine."""
    file = docx.Document()
    _prepare(file, document, now)
    file.add_paragraph(document.when).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if document.to:
        file.add_paragraph(document.to)
    if document.by:
        file.add_paragraph(document.by).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    file.add_heading(document.title, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for section in document.sections:
        if section.heading:
            file.add_heading(section.heading, 1)
        for sentence in section.paragraphs:
            file.add_paragraph(sentence)
        if section.table:
            _table(file, section.table, section.widths)
    for line in document.lines:
        file.add_paragraph(f"{line}　{'＿' * 20}")
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _prepare(file: WordFile, document: Document, now: datetime) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    page.footer.paragraphs[0].text = document.footer
    _speak_japanese(file)
    for name, (size, before, after) in STYLES.items():
        style = file.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(size), BLACK
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.0
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(kind), None)
        fonts.set(qn("w:eastAsia"), FACE)
    about = file.core_properties
    about.title, about.author, about.language, about.comments = document.title, "", "ja-JP", ""
    about.created = about.modified = now


def _speak_japanese(file: WordFile) -> None:
    """Else programs take a Chinese face where they lack ours, and break lines as there."""
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")


def _table(file: WordFile, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    table = file.add_table(len(rows), len(rows[0]), "Table Grid")
    table.autofit = False
    _share_width(table, widths or [1] * len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        if not texts[-1].strip():
            row.height = TO_WRITE_IN
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    file.add_paragraph()


def _share_width(table: Table, shares: Sequence[int]) -> None:
    """Said of columns and of cells: some programs heed the one, some the other."""
    whole = A4[0] - 2 * MARGIN
    for column, share in zip(table.columns, shares, strict=True):
        width = Length(whole * share // sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width
