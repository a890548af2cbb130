"""Icons and the mark, inline, so that no icon font is loaded."""

from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

ICONS = Path(__file__).parents[2] / "static" / "icons"


@cache
def _drawing(name: str) -> str:
    return (ICONS / "line" / f"{name}.svg").read_text("utf-8").strip()


def icon(name: str, label: str = "", css: str = "") -> Markup:
    """A 24-unit line drawing. Without a label it is decoration beside a word."""
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    css = f' class="{css}"' if css else ""
    return Markup(f'<svg viewBox="0 0 24 24"{css} {role}>{_drawing(name)}</svg>')  # noqa: S704


@cache
def mark(inverse: bool = False) -> Markup:
    """The product's mark: a name badge that speaks, and three linked nodes that tick."""
    body, ink = ("#fff", "#00316a") if inverse else ("var(--mk)", "#fff")
    ring = ' stroke="#00316a" stroke-width="2"' if inverse else ""
    drawing = (ICONS / "mark.svg").read_text("utf-8")
    for name, value in {"BODY": body, "INK": ink, "RING": ring}.items():
        drawing = drawing.replace(name, value)
    return Markup(drawing.strip())  # noqa: S704
