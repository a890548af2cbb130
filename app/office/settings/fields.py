"""One field of a settings form: what was typed becomes what is kept, or a sentence that says why
it can't."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from app.errors import N_
from app.web.text import one_line

TELEPHONE = re.compile(r"0\d{9,10}|#\d{4}|1\d\d")
ODD_TELEPHONE = N_("電話番号の形ではありません。例:0000-00-1188")


class Unusable(ValueError):
    """Its text is a sentence of the catalogue."""


@dataclass(frozen=True)
class Reading:
    """`typed` is shown again; `values` are columns of the network; `problems` by field."""

    typed: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TextField:
    name: str
    longest: int
    is_needed: bool = True
    tidied: Callable[[str], str] = lambda text: text

    def read(self, typed: str) -> str:
        """Raises Unusable."""
        text = one_line(typed).strip()
        if not text:
            if self.is_needed:
                raise Unusable(N_("ここを入れてください。"))
            return ""
        text = self.tidied(text)
        if len(text) > self.longest:
            raise Unusable(N_("長すぎます。短くしてください。"))
        return text


def telephone(text: str) -> str:
    """As it was written, in plain digits and hyphens. Raises Unusable."""
    plain = unicodedata.normalize("NFKC", text).replace("ー", "-").replace("‐", "-")
    plain = re.sub(r"[\s()−–]+", "-", plain).strip("-")
    if not TELEPHONE.fullmatch(plain.replace("-", "")):
        raise Unusable(ODD_TELEPHONE)
    return plain


def clock_time(text: str) -> str:
    """HH:MM. Raises Unusable."""
    try:
        return time.fromisoformat(unicodedata.normalize("NFKC", text.strip())).strftime("%H:%M")
    except ValueError:
        raise Unusable(N_("時刻は 09:00 の形で入れてください。")) from None


def read_all(
    sent: Mapping[str, str], readers: Mapping[str, Callable[[str], Any]]
) -> tuple[dict[str, str], dict[str, Any], dict[str, str]]:
    """What was typed, what it means, and what is wrong, each by field."""
    typed, values, problems = {}, {}, {}
    for name, read in readers.items():
        typed[name] = sent.get(name, "")
        try:
            values[name] = read(typed[name])
        except Unusable as error:
            problems[name] = str(error)
    return typed, values, problems
