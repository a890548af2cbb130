import re
from collections import Counter
from datetime import date

import pytest

from app.badges.rules import (
    ALPHABET,
    CODE_LENGTH,
    end_of_validity,
    new_code,
    new_codes,
    number_of,
    read_code,
)


@pytest.mark.parametrize(
    "typed",
    [
        "7K3F9QXM2PA",
        "7k3f9qxm2pa",
        "7K3F-9QXM-2PA",
        " 7K3F 9QXM\u30002PA\n",
        "7K3F‐9QXM−2PA",
        "7K3Fー9QXMー2PA",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert read_code(typed) == "7K3F9QXM2PA"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7K3F9QXM2P",
        "7K3F9QXM2PAA",
        "7K3F9QXM2P1",
        "7K3F9QXM2PO",
        "7K3F9QXM2P\x00",
        "’ OR 1=1--",
        "あいうえおかきくけこさ",
    ],
)
def test_what_can_not_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_new_codes_differ_and_can_be_read_back() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) == code for code in codes)
    assert not any(re.search("[01ILO]", code) for code in codes)


def test_each_letter_is_as_likely_at_each_place() -> None:
    """Thirty thousand letters: each is there a thousand times, give or take six deviations."""
    counts = Counter("".join(new_codes(30_000 // CODE_LENGTH)))
    assert set(counts) == set(ALPHABET)
    usual = counts.total() / len(ALPHABET)
    assert all(abs(count - usual) < 6 * usual**0.5 for count in counts.values())


def test_codes_drawn_together_are_whole() -> None:
    codes = new_codes(500)
    assert len(set(codes)) == 500
    assert all(read_code(code) == code for code in codes)
    assert new_codes(0) == []


def test_numbers_have_four_digits_and_more_if_need_be() -> None:
    assert number_of("A", 142) == "A-0142"
    assert number_of("A", 12345) == "A-12345"


@pytest.mark.parametrize(
    ("today", "end"),
    [
        ("2026-04-01", "2027-03-31"),
        ("2026-12-31", "2027-03-31"),
        ("2027-01-29", "2027-03-31"),
        ("2027-01-30", "2028-03-31"),
        ("2027-03-31", "2028-03-31"),
    ],
)
def test_badges_last_to_the_end_of_a_fiscal_year_that_is_not_nearly_over(
    today: str, end: str
) -> None:
    assert end_of_validity(date.fromisoformat(today)) == date.fromisoformat(end)
