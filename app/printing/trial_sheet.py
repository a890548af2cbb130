"""試し刷り: what tells, on plain paper, whether printer and settings keep the measures."""

from app.printing.badge_paper import Layout
from app.printing.typesetting import typeset


def render_trial_sheet(paper: str) -> bytes:
    """Rulers of 100 mm and the frames of the cards, front and back, without any code."""
    sheet = Layout(paper).sheet
    return typeset(
        "trial_sheet.typ",
        {
            "title": "試し刷り",
            "page": sheet.page,
            "card": sheet.card,
            "columns": sheet.columns,
            "rows": sheet.rows,
            "margins": sheet.margins,
        },
    )
