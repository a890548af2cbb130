"""The lines that weren't taken over, as a sheet to be put right and brought back."""

import csv
from io import BytesIO, StringIO

import xlsxwriter

from app.organizations.roster.entries import Roster

WHAT_TO_CHECK = "確認すること"
_TEXT_ONLY = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "in_memory": True,
}
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_WIDTHS = {"organization": 24, "workplace": 24, "address": 30, "email": 28, "note": 24}


def problem_lines(roster: Roster) -> list[list[str]]:
    """Header first; each line as the file has it, with everything there is to check about it."""
    header = [column.heading for column in roster.layout.read]
    texts: dict[int, list[str]] = {}
    for problem in roster.problems:
        texts.setdefault(problem.line, []).append(problem.text)
    body = [[*cells, "、".join(texts.get(line, []))] for line, cells in roster.cells.items()]
    return [[*header, WHAT_TO_CHECK], *body]


def workbook_of(roster: Roster) -> bytes:
    """xlsx. Every cell is text, so that nothing in it is ever calculated."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, _TEXT_ONLY) as book:
        sheet = book.add_worksheet("名簿")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        for place, column in enumerate(roster.layout.read):
            sheet.set_column(place, place, _WIDTHS.get(column.field, 14), text)
        last = len(roster.layout.read)
        sheet.set_column(last, last, 60, text)
        for number, cells in enumerate(problem_lines(roster)):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, cell, text if number else bold)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def csv_of(roster: Roster) -> bytes:
    """UTF-8 with a mark, as Excel wants it. What Excel would calculate gets an apostrophe."""
    file = StringIO(newline="")
    lines = [[_harmless(cell) for cell in cells] for cells in problem_lines(roster)]
    csv.writer(file).writerows(lines)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    is_dash = len(cell) == 1
    return f"'{cell}" if cell.startswith(_RISKY) and not is_dash else cell
