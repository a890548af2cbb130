"""Choices and notes are said in three languages; who is asked where it is, is promised no visit."""

import re
from datetime import datetime, timedelta

import pytest

from app.clock import TOKYO
from app.demo.town import TOWN
from app.instructions.choices import choices_for, chosen, standard_choices
from app.instructions.numbers import notes, with_hours
from app.instructions.standard_templates import standard_templates
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.web.text import RUBY

MORNING = datetime(2026, 9, 24, 10, tzinfo=TOKYO)
NETWORK = Network(hours=WEEKDAYS_9_TO_1630, created_at=MORNING, **TOWN)
ALL = [texts for options in standard_choices().values() for texts in options.values()]


@pytest.mark.parametrize("texts", [*ALL, *notes().values()])
def test_everything_is_said_in_three_languages(texts: dict[str, str]) -> None:
    assert set(texts) == {"ja", "easy", "en"}
    assert not re.search(r"[㐀-鿿]", RUBY.sub("", texts["easy"]))
    assert not re.search(r"[ぁ-ん㐀-鿿]", texts["en"])


@pytest.mark.parametrize(
    ("hour", "codes"),
    [
        (8, ["closing", "noon", "next_closing", "next_noon"]),
        (13, ["closing", "next_closing", "next_noon"]),
        (18, ["next_closing", "next_noon"]),
    ],
)
def test_only_times_that_are_still_to_come_are_offered(hour: int, codes: list[str]) -> None:
    options = choices_for(NETWORK, "佐藤", MORNING.replace(hour=hour))["deadline_text"]
    assert [one.code for one in options] == codes


def test_a_centre_that_never_opens_still_has_a_time() -> None:
    never = Network(hours={"weekly": {}}, created_at=MORNING, **TOWN)
    assert choices_for(never, "佐藤", MORNING)["deadline_text"][0].texts["ja"] == "きょう 17:00"


def test_nothing_chosen_is_the_usual_and_no_result() -> None:
    found = chosen(choices_for(NETWORK, "佐藤", MORNING), {"staff_label": "nobody"})
    assert found["staff_label"]["ja"] == "佐藤"
    assert found["result_summary"]["ja"] == ""


@pytest.mark.parametrize(
    ("template", "at", "more"),
    [
        ("R02", MORNING, 0),
        ("R02", MORNING.replace(hour=17), 1),
        ("R08", MORNING.replace(hour=17), 0),
        ("R08", MORNING.replace(hour=18), 1),
        ("R08", MORNING + timedelta(days=2), 1),
        ("R06", MORNING.replace(hour=18), 0),
        ("R05", MORNING.replace(hour=18), 0),
    ],
)
def test_a_closed_number_is_said_to_be_closed(template: str, at: datetime, more: int) -> None:
    before = standard_templates()[template]
    after = with_hours(before, NETWORK, at)
    for language, steps in before["steps"].items():
        assert len(after["steps"][language]) == len(steps) + more


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_whoever_is_asked_where_it_is_is_promised_no_visit(language: str) -> None:
    template = standard_templates()["R12"]
    parts = [template["title"], template["body"], template["push_preview"], template["label"]]
    text = " ".join([one[language] for one in parts] + template["steps"][language])
    assert not re.search(
        r"訪問|向かい|行きます|見に|駆け付|かけつけ|visit|on our way|will come", text
    )
    assert "{{center_tel}}" in text
