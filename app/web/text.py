"""Markup inside our own sentences: `**strong**` and furigana `{漢字|かな}`, nothing else."""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

RUBY = re.compile(r"\{([^|{}]+)\|([^|{}]+)\}")
STRONG = re.compile(r"\*\*(.+?)\*\*")


def marked_up(text: str) -> Markup:
    """HTML of a sentence, with ruby and strong words. Everything else is escaped."""
    plainly = str(escape(text))
    html = STRONG.sub(r"<b>\1</b>", plainly)
    html = RUBY.sub(r"<ruby>\1<rt>\2</rt></ruby>", html)
    # In a flex row each run of text and each element would become a column of its own.
    return Markup(html if html == plainly else f"<bdi>{html}</bdi>")  # noqa: S704


def plain(text: str) -> str:
    """The same sentence for an attribute, a title or a push: words only."""
    return STRONG.sub(r"\1", RUBY.sub(r"\1", text))


CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def one_line(text: str) -> str:
    """Without what no name has: control characters (PostgreSQL takes no NUL), those that turn the
    direction of what follows, and code points that no XML, and so no workbook, may hold."""
    return CONTROLS.sub("", text)


VARIABLE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """`{{variables}}` replaced by what they stand for; unknown ones are left to be seen."""
    return VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def filled_document(value: Any, values: Mapping[str, str]) -> Any:
    """Every text of a document, with its `{{variables}}` replaced."""
    if isinstance(value, str):
        return filled(value, values)
    if isinstance(value, list):
        return [filled_document(one, values) for one in value]
    if isinstance(value, dict):
        return {key: filled_document(one, values) for key, one in value.items()}
    return value


def unfilled(text: str) -> list[str]:
    return list(VARIABLE.findall(text))
