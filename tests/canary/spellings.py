"""Every way in which bytes may spell a text, whatever stands around it."""

import base64
import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

from tests.canary.persons import Person


def spellings(text: str) -> Iterator[bytes]:
    raw = text.encode()
    yield raw
    for encoding in ("utf-16-le", "utf-16-be", "cp932", "euc_jp"):
        yield text.encode(encoding, "ignore")
    yield quote(text).encode()
    yield quote(text).lower().encode()
    yield quote_plus(text).encode()
    yield json.dumps(text)[1:-1].encode()
    yield "".join(f"&#{ord(one)};" for one in text).encode()
    yield from (raw.hex().encode(), raw.hex().upper().encode())
    for whole in (raw, text.encode("utf-16-le")):
        yield from _base64(whole)


def _base64(raw: bytes) -> Iterator[bytes]:
    """Of what stands at any of three places; characters that its neighbours share in are cut."""
    for shift in range(3):
        coded = base64.b64encode(b" " * shift + raw)
        own = coded[-(-8 * shift // 6) : 8 * (shift + len(raw)) // 6]
        yield own
        yield own.translate(bytes.maketrans(b"+/", b"-_"))


class Needles:
    """What is looked for: bytes, and whose they are."""

    def __init__(self, persons: Iterable[Person]) -> None:
        self.known: dict[bytes, str] = {}
        for person in persons:
            for text in person.told:
                for one in spellings(text):
                    if len(one) >= SHORTEST:
                        self.known.setdefault(one, text)

    def found_in(self, data: bytes) -> set[str]:
        return {text for one, text in self.known.items() if one in data}


SHORTEST = 7
