"""How a report can end, to whom somebody was connected, how sure an amount is: code → words in
three languages, in the order of the screens."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "standard" / "codes.yaml"
Texts = dict[str, str]


@cache
def codes() -> dict[str, Any]:
    """As codes.yaml lists them. Not to be changed."""
    document: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return document


def outcome_words() -> dict[str, Texts]:
    words: dict[str, Texts] = codes()["outcomes"]
    return words


def connection_words() -> dict[str, Texts]:
    words: dict[str, Texts] = codes()["connections"]
    return words


def grade_words() -> dict[str, Texts]:
    words: dict[str, Texts] = codes()["grades"]
    return words


def candidate_words() -> dict[str, Texts]:
    words: dict[str, Texts] = codes()["candidates"]
    return words
