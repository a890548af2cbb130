"""What a phone should never send, and what becomes of it: 201 with a flag, or 400 and 413."""

import json
from typing import Any

BIG = 2**53
ODD_ANSWERS: dict[str, Any] = {"still_here": [], "claimed_role": ["police", "police"], "stage": "x"}

# Changes to a sound envelope that are taken from a paired phone, and the flag they raise.
TAKEN: dict[str, tuple[dict[str, Any], str | None]] = {
    "a version of the future": ({"v": 999, "colour": "red"}, "unknown_envelope"),
    "a list nobody published": ({"checklist": {"id": "CV", "version": 999}}, "unknown_version"),
    "items nobody knows": ({"items": ["null", "None", "NaN", "true"]}, "unknown_items"),
    "one item often": ({"items": ["CV-01"] * 60}, None),
    "odd answers": ({"answers": ODD_ANSWERS}, None),
    "answers nobody asked for": ({"answers": {"constructor": "toString"}}, None),
    "a clock in 1970": ({"client_at": "1970-01-01T00:00:00Z"}, "clock"),
    "a clock before any zone's time": ({"client_at": "0001-01-01T00:00:00+14:00"}, "clock"),
    "a clock after all time": ({"client_at": "9999-12-31T23:59:59-14:00"}, "clock"),
    "a number no phone counts to": ({"device_seq": BIG + 1}, "odd_number"),
    "the largest number a row holds": ({"device_seq": 2**63 - 1}, "odd_number"),
    "a correction of nothing": ({"corrects": "01920000-0000-7000-8000-000000000000"}, None),
    "an unknown key": ({"sealed": {"v": 1, "kid": "k0", "enc": "AAAA", "ct": "AA"}}, "key_unknown"),
}  # fmt: skip

# Ids are read in every spelling of RFC 9562 and answered in one.
SPELLINGS = {
    "upper case": "0199D5E0-0000-7000-8000-00000000000A",
    "braces": "{0199d5e0-0000-7000-8000-00000000000b}",
    "urn": "urn:uuid:0199d5e0-0000-7000-8000-00000000000c",
    "no hyphens": "0199d5e0000070008000000000000d00",
    "version 1": "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    "version 4": "919108f7-52d1-4320-9bac-f847db4148a8",
    "nil": "00000000-0000-0000-0000-000000000000",
    "max": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "made in 1970": "00000000-0001-7000-8000-000000000001",
    "made in 10889": "ffffffff-ffff-7fff-bfff-ffffffffffff",
}
ODD_TIMES = {"made in 1970", "made in 10889"}

# Changes to a sound envelope that make it none.
BENT: dict[str, dict[str, Any]] = {
    **{f"text {text!r} as item": {"items": [text]} for text in (
        "\x00", "CV-01\x00", "\x01", "\x1f", "\x7f", "\u200bCV-01", "　", "", " ", "か\u3099", "㈱",
        "葛\U000e0100", "𠮷", "👨‍👩‍👧", "' OR 1=1--", "%", "<img onerror=x>", "=HYPERLINK(1)",
        "../..", "a\r\nb: c", "CV-01\n", "x" * 21,
    )},
    **{f"{value!r} as number": {"device_seq": value} for value in (
        True, "5", 1.0, 1.5, -1, 2**63, -(2**63) - 1, None, [], {}, "", "1e3", float("nan"),
    )},
    **{f"{value!r} as version": {"checklist": {"id": "CV", "version": value}} for value in (
        True, "1", 1.0, 0, -1, 2**31, 2**63, None,
    )},
    **{f"{value!r} as time": {"client_at": value} for value in (
        "", "0", "1700000000", 1700000000, 99999999999999, "令和8年9月24日", "2026/9/24",
        "2026-09-24", "2026-09-24T05:05:00", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-09-24T23:59:60Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", None, [],
        "2026-09-24T05:05:00+99:00", "２０２６-09-24T05:05:00Z",
    )},
    **{f"{value!r} as items": {"items": value} for value in (
        None, "CV-01", {}, [None], [[]], [1], [True], [{}], [], ["CV-01"] * 61,
    )},
    **{f"{value!r} as answers": {"answers": value} for value in (
        None, [], "x", {"q": None}, {"q": 1}, {"q": {"deep": 1}}, {"q": [[]]}, {"q": "\x00"},
        {"": "yes"}, {"q\x00": "yes"}, {f"q{n}": "a" for n in range(21)},
    )},
    **{f"{value!r} as sealed": {"sealed": value} for value in (
        "", [], {}, {"v": 1}, {"v": 2, "kid": "k", "enc": "A", "ct": "A"},
        {"v": 1, "kid": "k\x00", "enc": "A", "ct": "A"},
        {"v": 1, "kid": "k", "enc": "あ", "ct": "A"},
        {"v": 1, "kid": "k", "enc": "A", "ct": "A", "note": "plain"},
    )},
    **{f"{value!r} as envelope version": {"v": value} for value in (True, "1", 0, -1, None, 2**70)},
    **{f"{value!r} as correction": {"corrects": value} for value in ("", "x", 0, True, [])},
    "a field too many": {"note": "読める文"},
}  # fmt: skip


def deep(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


SOUND = {"v": 1, "report_id": "0199d5e0-0000-7000-8000-00000000000a", "items": ["CV-01"]}
# Whole bodies that are no envelope.
BODIES: dict[str, bytes] = {
    "nothing": b"", "null": b"null", "a list": b"[]", "a text": b'""', "a number": b"0",
    "a list of envelopes": json.dumps([SOUND]).encode(), "half": json.dumps(SOUND).encode()[:-1],
    "twice": json.dumps(SOUND).encode() * 2, "invalid UTF-8": b'{"v":1,"report_id":"\xff\xfe"}',
    "UTF-16": json.dumps(SOUND).encode("utf-16"),
    "Shift_JIS": '{"items":["気付き"]}'.encode("cp932"),
    "BOM": b"\xef\xbb\xbf" + json.dumps(SOUND).encode(), "a lone surrogate": b'{"v":"\\ud800"}',
    "a NUL": b'{"v":1}\x00', "NaN": b'{"v":NaN}', "5,000 digits": b'{"v":' + b"9" * 5000 + b"}",
    "30,000 levels": deep(30_000), "levels without end": b'{"v":' * 10_000,
    "gzip": b"\x1f\x8b\x08\x00",
    "XML": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    "a form": b"v=1&items=CV-01",
    "CBOR": b"\xa1\x61v\x01", "white space": b" \n\t" * 100,
}  # fmt: skip
OVERSIZE = {"a byte too many": b" " * (64 * 1024 + 1), "a megabyte": b"0" * 1024 * 1024}
ECHOES = ("OR 1=1", "onerror", "HYPERLINK", "令和8年", "読める文", "ENTITY")
