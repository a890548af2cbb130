"""What in a text looks like personal data: to warn about, never to block.

Twin: static/js/text/personal_data.js, pattern for pattern (tests/vectors/personal_data.json).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "phone", "account", "address", "email", "card"]

# Each captures what stands before, what is meant and, for a name, the word before さん or 様.
PATTERNS: list[tuple[Kind, str]] = [
    ("email", r"()([\w.+-]+@[\w.-]+\.\w+)"),
    ("phone", r"(^|\D)((?:0[5-9]0|0\d)(?:[-() の]{0,2}\d){8}(?!\d))"),
    ("card", r"(^|\D)(\d(?:[- ]?\d){12,15}(?!\d))"),
    ("account", r"((?:口座|番号|普通)\D{0,10})(\d{7,8}(?![\d円万]))"),
    ("account", r"(^|\D)(\d{7,8}(?=\D{0,10}(?:口座|番号)))"),
    (
        "address",
        r"()([\d一二三四五六七八九十]+丁目|\d+(?:番地|号室)"
        r"|[㐀-鿿]\d{1,3}-\d{1,4}-\d{1,4}(?![\d-]))",
    ),
    (
        "name",
        r"()(([々ヶ﨑㐀-鿿]{1,4})"
        r"(?:さん|様(?![子々])|氏(?!名)|君|ちゃん|という(?=[人方男女名お。、」]|\Z)))",
    ),
]
COMPILED = [(kind, re.compile(pattern, re.ASCII)) for kind, pattern in PATTERNS]

# Roles, kinship and idioms: 店長さん, お母さん, 同様.
NOBODY = re.compile(
    r"(^[子多有名赤屋]|[長員者客皆官師奥娘孫母父兄姉主家店社隣人彼同模仕異察]"
    r"|[学先]生|近所|[^土守古]屋|息子|旦那|銀行|護士)\Z"
)

# Full-width characters and the many dashes as ASCII, one for one, so that indices stay.
FOLD = {ord(wide): unicodedata.normalize("NFKC", wide) for wide in map(chr, range(0xFF01, 0xFF5F))}
FOLD |= dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ"), "-") | {ord("\u3000"): " "}


@dataclass(frozen=True)
class Suspicion:
    """`text[start:end]` looks like a `kind`."""

    kind: Kind
    start: int
    end: int


def suspicions(text: str) -> list[Suspicion]:
    """In the order of the text, none overlapping another."""
    plain = text.translate(FOLD)
    found: list[Suspicion] = []
    for kind, pattern in COMPILED:
        for match in pattern.finditer(plain):
            start, end = match.span(2)
            taken = any(other.start < end and start < other.end for other in found)
            if not taken and not (kind == "name" and NOBODY.search(match[3])):
                found.append(Suspicion(kind, start, end))
    return sorted(found, key=lambda suspicion: suspicion.start)
