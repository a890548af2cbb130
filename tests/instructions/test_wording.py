"""Words go out in three languages as long as nobody changed them, and never with a gap in them."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from app.clock import TOKYO
from app.demo.town import TOWN
from app.errors import Invalid
from app.instructions.standard_templates import standard_templates
from app.instructions.wording import (
    Wording,
    closing_wording,
    deadline_of,
    offered_templates,
    variables_for,
    wording_of,
    written_texts,
)
from app.networks.models import Network
from app.networks.opening_hours import WEEKDAYS_9_TO_1630
from app.web.language import Language
from app.web.text import plain

NOW = datetime(2026, 9, 24, 14, 5, tzinfo=TOKYO)
NETWORK = Network(hours=WEEKDAYS_9_TO_1630, created_at=NOW, **TOWN)
BARE = Network(
    slug="b",
    municipality="北山町",
    name="見守り",
    center_name="北山町消費生活センター",
    center_tel="0000-00-2188",
    hours=WEEKDAYS_9_TO_1630,
    created_at=NOW,
)
TEMPLATES = standard_templates()
each_offered = pytest.mark.parametrize("name", sorted(offered_templates(TEMPLATES)))


def values(network: Network = NETWORK, now: datetime = NOW) -> dict[str, str]:
    report: Any = SimpleNamespace(receipt_no="K-0387")
    return variables_for(network, report, "佐藤", now)


def as_typed(name: str, network: Network = NETWORK) -> Wording:
    """What the composer shows, and a browser sends back when nobody touched it."""
    original = wording_of(TEMPLATES[name], values(network), Language.JA)
    steps = [plain(step) for step in original.steps]
    return Wording(plain(original.title), steps, plain(original.say))


@each_offered
@pytest.mark.parametrize("network", [NETWORK, BARE], ids=["whole", "bare"])
def test_untouched_words_go_out_in_three_languages_without_a_gap(
    name: str, network: Network
) -> None:
    texts = written_texts(TEMPLATES[name], values(network), as_typed(name, network))
    assert set(texts) == {"ja", "easy", "en"}
    assert "{{" not in json.dumps(texts)
    assert all(values(network)[variable] for variable in TEMPLATES[name]["variables"])


@each_offered
def test_one_changed_word_makes_it_japanese_only(name: str) -> None:
    typed = replace(as_typed(name), title="店長さんと一緒に")
    texts = written_texts(TEMPLATES[name], values(), typed)
    assert texts == {"ja": typed.as_json()}


@pytest.mark.parametrize(
    "change",
    [{"steps": ["一つだけ"]}, {"say": "こんにちは"}, {"say": ""}, {"title": "別の見出し"}],
)
def test_any_part_that_changed_counts(change: dict[str, Any]) -> None:
    assert set(written_texts(TEMPLATES["R05"], values(), replace(as_typed("R05"), **change))) == {
        "ja"
    }


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"title": "{{watch_until}}まで"}, "watch_until"),
        ({"say": "{{ name }}様"}, "name"),
        ({"steps": ["a", "{{purpose}}のため"]}, "purpose"),
    ],
)
def test_a_variable_nobody_filled_in_is_refused_by_name(change: dict[str, Any], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        written_texts(TEMPLATES["R05"], values(), replace(as_typed("R05"), **change))
    assert refused.value.values == {"name": named}


@pytest.mark.parametrize("change", [{"title": ""}, {"steps": []}])
def test_an_instruction_needs_a_title_and_a_step(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        written_texts(TEMPLATES["R05"], values(), replace(as_typed("R05"), **change))


def test_templates_that_ask_for_personal_data_are_not_offered() -> None:
    assert (
        offered_templates(TEMPLATES)
        .keys()
        .isdisjoint({"R01", "R03", "R04", "R13", "R14", "R17", "R18", "R19"})
    )


@pytest.mark.parametrize("name", ["R17", "R18"])
def test_a_closing_without_a_summary_goes_out_in_three_languages(name: str) -> None:
    texts = written_texts(TEMPLATES[name], values(), closing_wording(TEMPLATES[name], values(), ""))
    assert set(texts) == {"ja", "easy", "en"}


@pytest.mark.parametrize("name", ["R17", "R18"])
def test_a_summary_in_the_counsellors_words_is_japanese_only_and_stands_in_it(name: str) -> None:
    summary = "本人が契約をやめました。"
    texts = written_texts(
        TEMPLATES[name], values(), closing_wording(TEMPLATES[name], values(), summary)
    )
    assert set(texts) == {"ja"}
    assert summary in "".join(texts["ja"]["steps"])


def test_words_that_look_like_a_variable_are_never_filled_in_twice() -> None:
    with pytest.raises(Invalid):
        written_texts(
            TEMPLATES["R18"],
            values(),
            closing_wording(TEMPLATES["R18"], values(), "{{center_tel}}"),
        )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("name", "now", "deadline"),
    [
        ("R05", "2026-09-24 14:05", "2026-09-24 14:08"),
        ("R05", "2026-09-26 23:00", "2026-09-26 23:03"),
        ("R02", "2026-09-24 14:05", "2026-09-24 14:35"),
        ("R02", "2026-09-24 16:20", "2026-09-24 16:30"),
        ("R02", "2026-09-24 17:00", "2026-09-25 09:30"),
        ("R02", "2026-12-28 17:00", "2027-01-04 09:30"),
        ("R06", "2026-09-24 10:00", "2026-09-25 13:00"),
        ("R06", "2026-09-18 10:00", "2026-09-24 13:00"),
    ],
)
def test_deadlines_know_opening_hours(name: str, now: str, deadline: str) -> None:
    assert deadline_of(TEMPLATES[name], NETWORK, at(now)) == at(deadline)


def test_thanks_have_no_deadline_and_a_centre_that_never_opens_still_gets_one() -> None:
    never = Network(**{**BARE.model_dump(), "hours": {"weekly": {}}})
    assert deadline_of(TEMPLATES["R18"], NETWORK, NOW) is None
    assert deadline_of(TEMPLATES["R06"], never, NOW) == NOW + timedelta(hours=4)


@pytest.mark.parametrize(
    ("now", "opens"),
    [("2026-09-24 14:05", "9/25 09:00"), ("2026-12-30 11:00", "1/4 09:00")],
)
def test_the_next_opening_is_said_as_a_day_and_a_time(now: str, opens: str) -> None:
    assert values(now=at(now))["open_text"] == opens
