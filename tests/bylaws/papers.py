"""PDFs as clerks have them, and as nobody should send them."""

import io
from typing import Any

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.cast import Desk

PLACE = "/office/running/bylaws"


def paper(pages: int = 1, encrypt: StandardEncryption | None = None) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(72, 720, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def bring_bylaw(clerk: Desk, content: bytes | None = None, **fields: str) -> Any:
    file = paper() if content is None else content
    data = {
        "kind": "charter",
        "title": "青波市見守りネットワーク設置要綱",
        "version": "1",
        "holds_from": "2026-04-01",
    }
    return clerk.client.post(PLACE, data=data | fields, files={"file": ("youkou.pdf", file)})
