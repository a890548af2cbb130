"""The same badges as most people would make them: reportlab, segno with its defaults, and a
Japanese font that isn't even embedded, which spares it work. Its codes aren't read back."""

from collections.abc import Sequence
from io import BytesIO

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 91 * mm, 55 * mm
FONT = "HeiseiKakuGo-W5"
Badge = tuple[str, str, str, str]


def render(badges: Sequence[Badge], address: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(210 * mm, 297 * mm), pageCompression=1)
    for first in range(0, len(badges), 10):
        sheet = badges[first : first + 10]
        for place, badge in enumerate(sheet):
            front(canvas, *corner(place % 2, place // 2), badge)
        canvas.showPage()
        for place, badge in enumerate(sheet):
            back(canvas, *corner(1 - place % 2, place // 2), badge, address)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def corner(column: int, row: int) -> tuple[float, float]:
    """The lower left one."""
    return 14 * mm + column * WIDTH, (297 - 11) * mm - (row + 1) * HEIGHT


def write(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def front(canvas: Canvas, x: float, y: float, badge: Badge) -> None:
    number, _, organization, workplace = badge
    canvas.setFillColor(HexColor("#dcf0ff"))
    canvas.rect(x, y + 12 * mm, WIDTH, 6.2 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#0055ad"))
    canvas.rect(x, y, WIDTH, 12 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#1a1a1a"))
    lines = (
        (4, 47, 14, "青波市 消費者見守りネットワーク"),
        (4, 41, 8.5, f"{organization} {workplace}"),
        (62, 41, 12, number),
        (62, 37, 7.5, "有効 令和9年3月まで"),
        (25, 28, 21, "見守り協力員"),
        (25, 22, 9.5, "心配なこと、いっしょに確認します"),
        (6, 14, 8.5, "この名札で、お金・カード・暗証番号を求めることはありません"),
        (4, 4, 7.5, "消費者ホットライン"),
        (32, 4, 21, "188"),
        (48, 7, 7.5, "この名札の確認は 青波市消費生活センター"),
        (60, 2, 12, "0000-00-1188"),
    )
    for left, bottom, size, text in lines:
        write(canvas, x + left * mm, y + bottom * mm, size, text)


def back(canvas: Canvas, x: float, y: float, badge: Badge, address: str) -> None:
    number, code, _, _ = badge
    draw(canvas, x + 2.5 * mm, y + 20.5 * mm, 32 * mm, address + code)
    lines = (
        (37, 47, 12, "気付いたら、読み取る"),
        (44, 41, 9.5, "スマホで読み取る"),
        (44, 35, 9.5, "当てはまるものに ✓"),
        (44, 29, 9.5, "センターに送る"),
        (40, 23, 9, "いま危ないときは、先に 110番"),
        (4, 17, 6.5, "読み取れないとき"),
        (4, 13, 10, f"{code[:4]}-{code[4:8]}-{code[8:]}"),
        (44, 17, 11, f"名札番号 {number}"),
        (40, 13, 7, f"電話では「{number}です」と言えば通じます"),
        (40, 10, 7, "青波市消費生活センター 0000-00-1188"),
        (4, 5, 6.8, "なくした・拾ったときは 青波市 市民生活課 0000-00-1188 へ"),
        (4, 2, 6, "この名札の人は市役所の職員ではありません"),
    )
    for left, bottom, size, text in lines:
        write(canvas, x + left * mm, y + bottom * mm, size, text)


def draw(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    """One vector path for the whole code."""
    code = segno.make_qr(text, error="q")
    matrix = list(code.matrix)
    module = size / (len(matrix) + 8)
    path = canvas.beginPath()
    for row, line in enumerate(matrix):
        start = None
        for column, dark in enumerate([*line, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left, bottom = x + (start + 4) * module, y + size - (row + 5) * module
                path.rect(left, bottom, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
