"""How guessing is told from mistyping."""

from datetime import UTC, datetime, timedelta

import pytest

from app.badges.handover_rules import (
    FROM_EVERYBODY_IN_A_DAY,
    FROM_ONE_ADDRESS,
    is_guessing,
    neighbours_of,
    read_number,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("123456", "123456"), (" 123 456 ", "123456"), ("123-456", "123456"),
     ("１２３４５６", "123456"), ("000000", "000000"), ("12345", None), ("1234567", None),
     ("12345a", None), ("²²²²²²", "222222"), ("١٢٣٤٥٦", None), ("", None)],
)  # fmt: skip
def test_six_digits_are_read_however_they_were_typed(typed: str, number: str | None) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.7", "203.0.113.0/24"), ("::ffff:203.0.113.7", "203.0.113.0/24"),
     ("2001:db8:1:2:3::4", "2001:db8:1::/48"), ("testclient", "testclient"), ("", "")],
)  # fmt: skip
def test_an_address_lies_in_a_network(address: str, network: str) -> None:
    assert neighbours_of(address) == network


def test_a_window_moves_on() -> None:
    tries = [("a", "n", NOW)] * FROM_ONE_ADDRESS
    assert is_guessing(tries, "a", "n", NOW + timedelta(minutes=9))
    assert not is_guessing(tries, "a", "n", NOW + timedelta(minutes=10))
    assert not is_guessing(tries[1:], "a", "n", NOW)
    assert not is_guessing(tries, "b", "n", NOW)


def test_patience_over_a_day_gets_nobody_anywhere() -> None:
    slow = [
        (f"a{n}", f"n{n}", NOW - timedelta(minutes=7 * n)) for n in range(FROM_EVERYBODY_IN_A_DAY)
    ]
    assert is_guessing(slow, "b", "m", NOW)
    assert not is_guessing(slow[1:], "b", "m", NOW)
