"""Typst, with nothing taken from the machine it runs on."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from app.printing.fonts import FACES
from app.printing.glyphs import spelled

TEMPLATES = Path(__file__).parents[2] / "templates" / "printing"
COMPILATIONS_REMEMBERED = 10


def typeset(template: str, data: Mapping[str, object], *, tagged: bool = True) -> bytes:
    """A PDF of `templates/printing/<template>`, which reads `data` as JSON: PDF/UA-1 if `tagged`.

    The same data give the same bytes. What `data` holds is only ever text, never Typst source;
    what the faces can't draw of it stands there by its number.
    """
    pdf = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(drawable(data), ensure_ascii=False)},
        pdf_standards=["ua-1"] if tagged else [],
        pdf_tags=tagged,
    )
    _forget_layout()
    return pdf


def typeset_picture(template: str, data: Mapping[str, object], ppi: float) -> bytes:
    """A PNG of the first page."""
    made = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(drawable(data), ensure_ascii=False)},
        format="png",
        ppi=ppi,
    )
    _forget_layout()
    first: bytes = made[0] if isinstance(made, list) else made
    return first


def drawable(data: object) -> object:
    """Every text in it as it can be drawn."""
    match data:
        case str():
            return spelled(data)
        case Mapping():
            return {key: drawable(value) for key, value in data.items()}
        case list() | tuple():
            return [drawable(value) for value in data]
    return data


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[face.parent for face in FACES],
    )


def _forget_layout() -> None:
    # Typst keeps the layout of the last ten compilations: 400 MB for each thousand badges.
    # Empty documents, at half a millisecond each, push it out.
    for _ in range(COMPILATIONS_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(), format="svg")
