"""The search itself: it finds a text however it is spelled and packed."""

import io
import json
import zipfile
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from tests.canary.leveldb import snappy
from tests.canary.persons import PERSONS
from tests.canary.places import packed, search_bytes
from tests.canary.spellings import Needles

NEEDLES = Needles(PERSONS)
WRITTEN: dict[str, Callable[[str], bytes]] = {
    "as it is": lambda text: f"…{text}…".encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "between empty pages": lambda text: bytes(999) + text.encode("utf-16-be") + bytes(999),
    "before empty pages": lambda text: text.encode("utf-16-le") + bytes(999),
    "in an address": lambda text: quote(f"/?q={text}").encode(),
    "in a form": lambda text: urlencode({"note": text}).encode(),
    "json": lambda text: json.dumps({"note": text}).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "gzip": lambda text: b"before" + packed(text),
    "zlib": lambda text: b"before" + zlib.compress(text.encode()),
    "base64 of json": lambda text: b64encode(json.dumps([text], ensure_ascii=False).encode()),
    "a line of a zip": lambda text: zipped(f"a,b\n{text},c"),
}


def zipped(text: str) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as one:
            one.writestr("a.csv", text)
        return file.getvalue()


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_every_word_of_every_person_is_found(written: Callable[[str], bytes]) -> None:
    for person in PERSONS:
        assert search_bytes(written(person.sentence), NEEDLES) == {*person.told}


@pytest.mark.parametrize("shift", range(6))
def test_base64_is_found_wherever_it_begins(shift: int) -> None:
    for person in PERSONS:
        for text in person.told:
            whole = b"x" * shift + text.encode() + b"y" * 7
            assert text in search_bytes(b64encode(whole), NEEDLES)
            assert text in search_bytes(urlsafe_b64encode(whole), NEEDLES)


def test_no_word_is_found_where_none_is() -> None:
    assert search_bytes("青波市港町2丁目 0000-00-0188 佐藤".encode() * 9, NEEDLES) == set()
    assert len({text for one in PERSONS for text in one.told}) == 5 * len(PERSONS)


def test_snappy_is_read_as_its_format_says() -> None:
    assert snappy(b"\x0b\x08abc" + bytes([(5 - 4) << 2 | 1, 3]) + b"\x08xyz") == b"abcabcabxyz"
