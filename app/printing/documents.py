"""Papers of A4 with headings, tables and lines to sign: made of data, set by one template."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from app.printing.typesetting import typeset


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
    """A PDF/UA-1 of A4 pages with page numbers."""
    return typeset("document.typ", asdict(document))
