"""What a network may change of a template, and what it may not."""

import pytest

from app.instructions.adaptation import (
    ALWAYS_ON,
    adapted_templates,
    find_piece,
    left_behind,
    moved,
    piece_problems,
    standard_form,
    with_piece,
    working_form,
)
from app.instructions.edition import TEMPLATES
from app.instructions.standard_templates import standard_templates
from app.instructions.wording import all_wordings

PIECES = standard_form()["templates"]


def changed(template_id: str, **changes: object) -> dict:
    piece = find_piece(standard_form(), template_id)
    assert piece
    return {**piece, **changes}


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: str(piece["id"]))
def test_the_standard_passes_its_own_checks(piece: dict) -> None:
    assert list(piece_problems(piece)) == []


def test_untouched_they_are_the_standard_ones() -> None:
    assert adapted_templates(standard_form()) == standard_templates()


def test_words_order_use_and_deadline_are_the_networks() -> None:
    working = with_piece(standard_form(), changed("R06", on=False))
    working = with_piece(working, changed("R05", title={"ja": "110番へ"}, minutes=10))
    templates = adapted_templates(moved(working, "R05", -1, set()))
    assert "R06" not in templates
    assert list(templates)[3:5] == ["R05", "R04"]
    assert templates["R05"]["title"] == {"ja": "110番へ"}
    assert templates["R05"]["deadline"] == {"type": "minutes", "value": 10}
    assert templates["R05"]["options"] == standard_templates()["R05"]["options"]


@pytest.mark.parametrize(
    ("template_id", "changes", "said"),
    [
        ("R02", {"title": {"ja": ""}}, "日本語は必ず"),
        ("R02", {"steps": {"ja": ["188をすすめてください。"]}, "say": {}}, "を残してください"),
        ("R05", {"steps": {"ja": ["警察に電話してください。"]}, "title": {"ja": "警察へ"},
                 "say": {}}, "を残してください"),
        ("R05", {"minutes": 0}, "までの数"),
        ("R05", {"minutes": 61}, "までの数"),
        ("R06", {"minutes": 481}, "までの数"),
        ("R09", {"title": {"ja": "必ず助かります"}}, "約束できません"),
        ("R09", {"steps": {"ja": ["一", "二", "三", "四"]}}, "行までです"),
        ("R09", {"title": {"ja": "声を掛ける", "en": "Talk"}, "steps": {"ja": ["一"]}}, "両方"),
        ("R09", {"say": {"ja": "{{center_fax}}"}}, "差し込み"),
    ],
)  # fmt: skip
def test_what_may_not_go_out_is_refused(template_id: str, changes: dict, said: str) -> None:
    messages = [one.message for one in piece_problems(changed(template_id, **changes))]
    assert any(said.replace("両方", "全部") in message for message in messages), messages


def test_what_every_report_needs_stays_on() -> None:
    for template_id in ALWAYS_ON:
        assert TEMPLATES.problems(
            "all", with_piece(standard_form(), changed(template_id, on=False))
        )
    nothing = {
        "templates": [{**piece, "on": piece["id"] in ALWAYS_ON - {"R20"}} for piece in PIECES]
    }
    assert TEMPLATES.problems("all", nothing)


def test_a_language_that_is_missing_is_left_to_the_japanese() -> None:
    piece = changed("R09", title={"ja": "声を"}, steps={"ja": ["一"]}, say={"ja": "こんにちは"})
    assert list(piece_problems(piece)) == []
    template = adapted_templates(with_piece(standard_form(), piece))["R09"]
    assert list(all_wordings(template, {})) == ["ja"]


def test_translations_left_behind_are_noticed() -> None:
    standard = changed("R09")
    assert left_behind(standard) == []
    title = {**standard["title"], "ja": "声を掛ける"}
    assert left_behind(changed("R09", title=title)) == ["easy", "en"]


def test_a_template_of_a_later_release_waits_switched_off() -> None:
    older = {"templates": [piece for piece in PIECES if piece["id"] not in {"R05", "R20"}]}
    newer = {piece["id"]: piece["on"] for piece in working_form(older)["templates"]}
    assert (newer["R05"], newer["R20"]) == (False, True)
