"""CSV files that Excel opens without asking, and in which nothing that was typed is calculated."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
"""Full-width twins too: a Japanese Excel takes them for the plain ones."""


def for_csv(text: str) -> str:
    """Spreadsheets evaluate what begins like a formula, from a CSV file too. One ' in front tells
    them not to; a ' that was there gets one as well, so that taking the first away gives back what
    was written."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark, lines as Excel writes them."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(
        [for_csv(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")
