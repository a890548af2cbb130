"""A page turned to a customer is read from a metre away, by somebody in a hurry."""

from typing import Any

import pytest

from app.checklists.standard_set import (
    INDUSTRIES,
    customer_screens,
    screen_for,
    standard_checklist,
)
from app.web.text import plain

WIDEST_LINE = {"ja": 7, "easy": 7, "en": 15}

each_screen = pytest.mark.parametrize(
    "screen", customer_screens(), ids=lambda screen: str(screen["id"])
)


@each_screen
@pytest.mark.parametrize("language", WIDEST_LINE)
def test_the_headline_fits_a_phone_and_has_one_marked_line(
    screen: dict[str, Any], language: str
) -> None:
    headline = screen["headline"][language]
    assert 2 <= len(headline) <= 3
    assert max(len(plain(line)) for line in headline) <= WIDEST_LINE[language]
    assert sum("**" in line for line in headline) == 1


@each_screen
def test_one_sentence_leads_to_three_signs_and_one_question(screen: dict[str, Any]) -> None:
    assert screen["lead"]["ja"].count("。") == screen["lead"]["easy"].count("。") == 1
    assert {language: len(signs) for language, signs in screen["signs"].items()} == {
        "ja": 3,
        "easy": 3,
        "en": 3,
    }
    assert "**「はい」**" in screen["ask"]["ja"]


def test_every_category_in_use_has_one_screen() -> None:
    listed = [category for screen in customer_screens() for category in screen["categories"]]
    used = {category for one in INDUSTRIES for category in standard_checklist(one)["categories"]}
    assert len(listed) == len(set(listed))
    assert used <= set(listed)


def test_a_category_nobody_thought_of_gets_the_screen_that_offers_help() -> None:
    assert screen_for("kanpu") == "stop_atm"
    assert screen_for("something new") == "need_help"
    assert {screen["id"] for screen in customer_screens()} >= {"stop_atm", "need_help"}
