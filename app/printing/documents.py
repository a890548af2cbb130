"""Papers of A4 with headings, tables and lines to sign: made of data, set by one template."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from app.printing.glyphs import spelled
from app.printing.typesetting import typeset

SPELLED = "この書類の書体にない字は、{U+1F600} のように番号で書いています。"


@dataclass(frozen=True)
class Section:
    """A heading, sentences, then a table whose first row names its columns. `widths`: of the
    columns, as shares."""

    heading: str
    paragraphs: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Document:
    """`to` and `by` stand at the top left and right; `lines` are left to be filled in by hand.
    `is_dense`: smaller, so that a long table stays on its page."""

    title: str
    when: str
    to: str
    by: str
    sections: Sequence[Section]
    lines: Sequence[str] = ()
    footer: str = ""
    is_dense: bool = False
    notice: Mapping[str, str] = field(default_factory=dict)


def render_document(document: Document) -> bytes:
    """A PDF/UA-1 of A4 pages with page numbers. What the faces lack is spelled, and said so."""
    written = json.dumps(asdict(document), ensure_ascii=False)
    if spelled(written) != written:
        document = replace(document, sections=[*document.sections, Section("", [SPELLED])])
    return typeset("document.typ", asdict(document))
