"""Codes read from a phone's screen give the very bytes of its envelope, or nothing."""

import random

import pytest

from app.errors import Invalid
from app.reports.frames import joined
from tests.reports.frames import frames

RAW = random.Random(1).randbytes(2000)


def test_any_order_and_repetition_gives_the_same_bytes() -> None:
    shown = frames(RAW)
    random.Random(2).shuffle(shown)
    assert joined("\n".join(shown)) == RAW
    assert joined("\r\n".join([*shown, *shown])) == RAW
    assert joined("日時 11/25\r\n\r\n" + " ".join(shown)) == RAW
    assert joined(frames(b"{}")[0]) == b"{}"


@pytest.mark.parametrize(
    "text",
    [
        "", "NAFUDA1", "NAFUDA1:1/1:AAAAAAAA:", "NAFUDA1:0/0:AAAAAAAA:AAAA", "https://example.jp",
        "NAFUDA1:1/999:AAAAAAAA:AAAA", "NAFUDA1:2/1:AAAAAAAA:AAAA", "NAFUDA1:1/1:AAAAAAAA:A",
        "\x00" * 99, "NAFUDA1:１/１:AAAAAAAA:AAAA",
    ],
)  # fmt: skip
def test_what_are_no_codes_is_said(text: str) -> None:
    with pytest.raises(Invalid):
        joined(text)


def test_missing_mixed_and_altered_codes_are_refused() -> None:
    shown = frames(RAW)
    altered = shown[0][:-1] + ("A" if shown[0][-1] != "A" else "B")
    for wrong in (shown[:-1], [*shown[:-1], frames(RAW[::-1])[-1]], [altered, *shown[1:]],
                  [*shown, *frames(b"{}")], frames(b"x" * 70_000, 4000)):  # fmt: skip
        with pytest.raises(Invalid):
            joined("\n".join(wrong))
