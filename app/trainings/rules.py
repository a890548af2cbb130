"""Whose training counts, and which numbers a clerk typed."""

import re
from datetime import date, timedelta

A_YEAR = timedelta(days=365)
BETWEEN = re.compile(r"[\s,、，;；/・]+")


def counts_since(today: date) -> date:
    """Training on this day or later is one of the last twelve months."""
    return today - A_YEAR


def split_numbers(text: str) -> list[str]:
    """A-0142, A-0143, or a column of a workbook: each once, in the order in which they came."""
    return list(dict.fromkeys(one for one in BETWEEN.split(text) if one))
