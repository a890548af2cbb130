"""Adapting a checklist: nothing of the standard is lost, and what protects people stays."""

import pytest

from app.checklists.adaptation import (
    Direction,
    find_item,
    moved,
    next_own_id,
    published_form,
    standard_form,
    with_item,
    working_form,
)
from app.checklists.items import (
    blank_item,
    item_problems,
    kept_safe,
    left_behind,
    only_in_japanese,
    standard_item,
    whole_problems,
)
from app.checklists.rules import urgency_of
from app.checklists.standard_set import INDUSTRIES, standard_checklist

each_industry = pytest.mark.parametrize("industry", INDUSTRIES)


def switched_off(working: dict, *ids: str) -> dict:
    for item_id in ids:
        item = find_item(working, item_id)
        assert item
        working = with_item(working, {**item, "on": False})
    return working


@each_industry
def test_an_untouched_draft_publishes_what_was_there(industry: str) -> None:
    standard, again = (
        standard_checklist(industry),
        published_form(industry, standard_form(industry)),
    )
    assert again["first"] == standard["first"]
    assert {item["id"]: item for item in again["items"]} == {
        item["id"]: item for item in standard["items"]
    }
    assert {key: again[key] for key in ("actions", "rules", "questions", "categories")} == {
        key: standard[key] for key in ("actions", "rules", "questions", "categories")
    }


@each_industry
def test_the_standard_set_passes_its_own_checks(industry: str) -> None:
    assert list(whole_problems(industry, standard_form(industry))) == []
    for item in standard_form(industry)["items"]:
        assert kept_safe(item, item)["dont"] == item["dont"]
        assert set(kept_safe(item, item)["do"]) == set(item["do"])


def test_what_is_off_is_not_published_and_comes_back_with_its_words() -> None:
    adapted = with_item(
        standard_form("conveni"),
        {**find_item(standard_form("conveni"), "CV-03"), "short": {"ja": "うちの言葉"}},
    )
    second = published_form("conveni", adapted)
    third = published_form("conveni", switched_off(adapted, "CV-03"))
    assert "CV-03" not in {item["id"] for item in third["items"]}
    assert "CV-03" not in third["first"]
    draft = working_form("conveni", third, [third, second])
    item = find_item(draft, "CV-03")
    assert item
    assert (item["on"], item["short"]) == (False, {"ja": "うちの言葉"})


def test_the_first_screen_follows_the_order() -> None:
    working = moved(standard_form("conveni"), "CV-12", Direction.TOP)
    item = find_item(working, "CV-12")
    assert item
    assert (
        published_form("conveni", working)["first"][0 if item["urgency"] == "now" else 4] == "CV-12"
    )


@pytest.mark.parametrize(
    ("item_id", "direction", "order"),
    [
        ("CV-03", Direction.UP, ["CV-03", "CV-01", "CV-05"]),
        ("CV-01", Direction.DOWN, ["CV-03", "CV-01", "CV-05"]),
        ("CV-01", Direction.UP, ["CV-01", "CV-03", "CV-05"]),
        ("CV-05", Direction.TOP, ["CV-05", "CV-01", "CV-03"]),
    ],
)
def test_moving_goes_one_step_or_to_the_top(
    item_id: str, direction: Direction, order: list[str]
) -> None:
    working = moved(standard_form("conveni"), item_id, direction)
    assert [item["id"] for item in working["items"]][:3] == order


def test_moving_the_last_one_down_and_one_that_is_off_changes_nothing() -> None:
    working = switched_off(standard_form("other"), "CM-01")
    on = [item["id"] for item in working["items"] if item["on"]]
    for item_id in (on[-1], "CM-01"):
        after = moved(working, item_id, Direction.DOWN)
        assert [item["id"] for item in after["items"] if item["on"]] == on


def test_numbers_change_where_they_are_dialled_and_where_they_are_said() -> None:
    working = standard_form("conveni")
    working["numbers"]["CCENTER"] = "0000-00-7777"
    action = published_form("conveni", working)["actions"]["CCENTER"]
    assert action["number"] == "0000-00-7777"
    assert "0000-00-7777" in action["text"]["ja"]


def test_the_threshold_is_what_the_phone_decides_by() -> None:
    document = published_form("conveni", standard_form("conveni") | {"enough": 2})
    urgencies = {item["id"]: item["urgency"] for item in document["items"]}
    info = [item_id for item_id, urgency in urgencies.items() if urgency == "info"]
    assert urgency_of(document["rules"], urgencies, info[:1], {}) == "info"
    assert urgency_of(document["rules"], urgencies, info[:2], {}) == "today"


def test_nobody_takes_the_police_from_what_cannot_wait() -> None:
    standard = standard_item("conveni", "CV-01")
    assert standard
    bare = kept_safe({**standard, "do": ["C188", "SEAT"], "dont": []}, standard)
    assert set(bare["do"]) == {"C188", "SEAT", "C110"}
    assert bare["do"].index("C110") < bare["do"].index("C188")
    assert bare["dont"] == ["D_PII"]


def test_nobody_takes_the_ambulance_from_where_the_standard_has_it() -> None:
    standard = standard_item("delivery", "DL-11")
    assert standard
    assert "C119" in kept_safe({**standard, "urgency": "info", "do": ["OBSERVE"]}, standard)["do"]


def test_an_item_made_urgent_gets_the_police() -> None:
    own = {**blank_item("X-01"), "urgency": "now", "do": ["SEAT"]}
    assert "C110" in kept_safe(own, None)["do"]
    assert "C110" not in kept_safe({**own, "urgency": "info"}, None)["do"]


def test_an_own_number_is_never_given_twice() -> None:
    working = standard_form("conveni")
    assert next_own_id(working) == "X-01"
    own = {**blank_item("X-01"), "text": {"ja": "一"}, "short": {"ja": "一"}, "say": {"ja": "一"}}
    second = published_form("conveni", with_item(working, own))
    third = published_form("conveni", switched_off(with_item(working, own), "X-01"))
    assert next_own_id(working_form("conveni", third, [third, second])) == "X-02"


def test_an_own_item_may_speak_japanese_alone_and_says_so() -> None:
    own = {
        **blank_item("X-01"),
        "text": {"ja": "商品券を何枚も買う"},
        "short": {"ja": "商品券"},
        "say": {"ja": "贈り物ですか。"},
        "do": ["SEAT"],
    }
    assert list(item_problems(own)) == []
    assert only_in_japanese(own)


def test_translations_left_behind_are_noticed() -> None:
    standard = standard_item("conveni", "CV-01")
    assert standard
    changed = {**standard, "short": {**standard["short"], "ja": "電子マネー"}}
    assert left_behind(changed, standard) == ["easy", "en"]
    cleared = {**standard, "short": {"ja": "電子マネー"}}
    assert left_behind(cleared, standard) == []
    assert left_behind(standard, standard) == []


def test_a_checklist_with_nothing_to_tick_cannot_be_published() -> None:
    working = standard_form("other")
    ids = [item["id"] for item in working["items"]]
    assert whole_problems("other", switched_off(working, *ids))
