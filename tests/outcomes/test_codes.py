"""Every code has its words in three languages, and easy Japanese has readings."""

import re

import pytest

from app.outcomes.codes import codes
from app.web.text import RUBY

KINDS = ("outcomes", "connections", "grades", "candidates")


def every() -> list[tuple[str, dict[str, str]]]:
    return [one for kind in KINDS for one in codes()[kind].items()]


@pytest.mark.parametrize(("code", "words"), every())
def test_a_code_is_said_in_three_languages(code: str, words: dict[str, str]) -> None:
    assert set(words) == {"ja", "easy", "en"}
    assert not re.search(r"[㐀-鿿]", RUBY.sub("", words["easy"]))
    assert not re.search(r"[ぁ-ん㐀-鿿]", words["en"])
    assert len(code) <= 16


def test_what_figures_count_is_made_of_known_codes() -> None:
    assert set(codes()["uncounted"]) <= set(codes()["outcomes"])
    counted = [code for group in codes()["counts_as"].values() for code in group]
    assert set(counted) <= set(codes()["connections"])
    assert len(counted) == len(set(counted))


def test_what_is_still_under_way_is_no_way_to_end() -> None:
    assert "処理中" not in [words["ja"] for words in codes()["outcomes"].values()]
