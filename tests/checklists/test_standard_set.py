"""What may never slip into a checklist or a customer screen, whoever edits the wording next."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.checklists.rules import urgency_of
from app.checklists.standard_set import INDUSTRIES, customer_screens, standard_checklist
from app.organizations.rules import Industry
from app.web.text import RUBY, STRONG, plain, unfilled

LANGUAGES = ("ja", "easy", "en")
SIZES = {"CV": 14, "BK": 14, "PO": 13, "DL": 13, "IN": 12, "SM": 13, "NP": 12, "CM": 12}
KANJI = re.compile(r"[一-龯々〆]")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龯]")
QUOTED = re.compile(r"「[^」]*」")
CHECKLISTS = {industry: standard_checklist(industry) for industry in INDUSTRIES}
ITEMS = {item["id"]: item for one in CHECKLISTS.values() for item in one["items"]}
ACTIONS = {code: action for one in CHECKLISTS.values() for code, action in one["actions"].items()}
URGENT = [item for item in ITEMS.values() if item["urgency"] == "now"]

each_industry = pytest.mark.parametrize("industry", INDUSTRIES)
each_item = pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item["id"])


def texts(value: Any, language: str) -> Iterator[str]:
    """Every sentence of one language, however deep it lies."""
    if isinstance(value, list):
        for one in value:
            yield from texts(one, language)
    elif isinstance(value, dict) and set(value) == set(LANGUAGES):
        yield from [value[language]] if isinstance(value[language], str) else value[language]
    elif isinstance(value, dict):
        yield from texts(list(value.values()), language)


def everything(language: str) -> list[str]:
    return [*texts(list(CHECKLISTS.values()), language), *texts(customer_screens(), language)]


def own_items(industry: str) -> list[dict[str, Any]]:
    checklist = CHECKLISTS[industry]
    return [item for item in checklist["items"] if item["id"].startswith(checklist["id"])]


def calls(item: dict[str, Any]) -> list[str]:
    return [code for code in item["do"] if ACTIONS[code]["kind"] == "call"]


def test_there_are_103_items_in_eight_sets_one_per_industry() -> None:
    assert set(INDUSTRIES) == {industry.value for industry in Industry}
    own = {one["id"]: own_items(industry) for industry, one in CHECKLISTS.items()}
    assert {code: len(items) for code, items in own.items()} == SIZES
    assert len(ITEMS) == sum(SIZES.values()) == 103


@each_industry
def test_a_document_is_json_and_stands_on_its_own(industry: str) -> None:
    checklist = CHECKLISTS[industry]
    assert json.loads(json.dumps(checklist)) == checklist
    assert checklist["industry"] == industry
    codes = {code for item in checklist["items"] for code in item["do"] + item["dont"]}
    assert set(checklist["actions"]) == codes | {"C110", "C119"}
    assert set(checklist["categories"]) == {item["category"] for item in checklist["items"]}
    assert set(checklist["first"]) <= {item["id"] for item in checklist["items"]}


@each_industry
def test_own_items_come_before_the_common_ones_and_no_id_comes_twice(industry: str) -> None:
    ids = [item["id"] for item in CHECKLISTS[industry]["items"]]
    expected_size = len(own_items(industry)) + (0 if industry == "other" else SIZES["CM"])
    assert len(ids) == len(set(ids)) == expected_size
    common = [item_id.startswith("CM") for item_id in ids]
    assert common == sorted(common)


def test_quick_items_lead_then_the_more_urgent_ones() -> None:
    items = CHECKLISTS["newspaper"]["items"]
    assert [item["id"] for item in items[:3]] == ["NP-03", "NP-01", "NP-10"]
    places = {"now": 0, "today": 1, "info": 2}
    own_rest = [places[item["urgency"]] for item in items[3:12]]
    common = [places[item["urgency"]] for item in items[12:]]
    assert own_rest == sorted(own_rest)
    assert common == sorted(common)


@each_industry
def test_the_first_eight_begin_with_what_cannot_wait(industry: str) -> None:
    first = [ITEMS[item_id] for item_id in CHECKLISTS[industry]["first"]]
    urgencies = [item["urgency"] for item in first]
    assert len(first) == 8
    assert urgencies[:4] == ["now"] * 4
    assert "now" not in urgencies[4:]
    assert first[0] in own_items(industry)


@each_item
def test_an_item_is_short_and_has_one_phrase_in_bold_in_each_language(item: dict[str, Any]) -> None:
    assert len(plain(item["text"]["ja"])) <= 30
    assert 1 <= len(item["short"]["ja"]) <= 14
    for language in LANGUAGES:
        assert len(STRONG.findall(item["text"][language])) == 1
        assert item["text"][language].count("**") == 2
        assert "**" not in item["say"][language] + item["short"][language]


@pytest.mark.parametrize("item", URGENT, ids=lambda item: item["id"])
def test_what_cannot_wait_names_the_emergency_number_before_any_other(item: dict[str, Any]) -> None:
    assert "C110" in calls(item)
    assert calls(item)[0] in {"C110", "C119"}


def test_nobody_rings_the_bell_again_before_calling_an_ambulance() -> None:
    for item_id in ("DL-11", "NP-03", "PO-10"):
        assert ITEMS[item_id]["do"][0] == "C119"
        assert "KNOCK" not in ITEMS[item_id]["do"]


def test_only_calls_have_numbers_and_every_call_has_one() -> None:
    numbers = {code: action["number"] for code, action in ACTIONS.items() if "number" in action}
    assert numbers == {
        "C110": "110",
        "C119": "119",
        "C9110": "#9110",
        "C188": "188",
        "CCENTER": "{{center_tel}}",
        "CHOUKATSU": "{{houkatsu_tel}}",
    }
    assert set(numbers) == {code for code, one in ACTIONS.items() if one["kind"] == "call"}


def test_do_and_dont_are_never_mixed_up() -> None:
    for item in ITEMS.values():
        assert {ACTIONS[code]["kind"] for code in item["dont"]} == {"dont"}
        assert {ACTIONS[code]["kind"] for code in item["do"]} <= {"do", "call"}


def test_open_questions_ask_for_no_age_and_no_free_text() -> None:
    questions = {one["id"]: one for one in CHECKLISTS["finance"]["questions"]}
    assert list(questions) == [
        "stage", "still_here", "claimed_role", "contact_means", "amount_band", "consent", "done",
    ]  # fmt: skip
    assert {one["type"] for one in questions.values()} == {"single", "multi"}
    assert [one["code"] for one in questions["still_here"]["options"]] == ["yes", "no", "phone"]


def test_three_pieces_of_information_are_looked_at_today_and_paid_money_at_once() -> None:
    checklist = CHECKLISTS["retail"]
    urgencies = {item["id"]: item["urgency"] for item in checklist["items"]}
    info = [item_id for item_id, urgency in urgencies.items() if urgency == "info"]
    assert urgency_of(checklist["rules"], urgencies, info[:2], {}) == "info"
    assert urgency_of(checklist["rules"], urgencies, info[:3], {}) == "today"
    assert urgency_of(checklist["rules"], urgencies, info[:1], {"stage": "after"}) == "now"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_exists_in_three_languages(language: str) -> None:
    assert all(text.strip() for text in everything(language))
    assert len(everything(language)) == len(everything("ja"))
    if language == "en":
        assert not [text for text in everything("en") if JAPANESE.search(text)]


def test_every_kanji_of_the_plain_language_has_a_reading_in_kana() -> None:
    for text in everything("easy"):
        without_furigana = RUBY.sub("", text)
        assert not KANJI.search(without_furigana), text
        assert not set("{|}") & set(re.sub(r"\{\{[a-z_]+\}\}", "", without_furigana)), text
        assert all(re.fullmatch("[ぁ-んァ-ヶー]+", kana) for _, kana in RUBY.findall(text)), text


def test_furigana_and_variables_of_the_network_appear_nowhere_else() -> None:
    assert not [text for text in everything("ja") + everything("en") if RUBY.search(text)]
    known = {"center_name", "center_tel", "houkatsu_tel"}
    for language in LANGUAGES:
        assert {name for text in everything(language) for name in unfilled(text)} <= known


def test_nothing_is_promised_and_nobody_is_told_they_are_being_fooled() -> None:
    for text in everything("ja"):
        said_by_us = QUOTED.sub("", text)
        assert not re.search("必ず|絶対|だまされて|すべて詐欺", said_by_us), text


@pytest.mark.parametrize(
    ("item_id", "words"),
    [
        ("NP-11", "見守りの名札で集金はしません。販売店に確かめます"),
        ("BK-08", "「手数料を払えば引き出せる」と言われていませんか"),
        ("BK-08", "{暗号資産|あんごうしさん}(ネットのお{金|かね})の{会社|かいしゃ}などに"),
        ("BK-05", "まだ間に合うかもしれません"),
        ("CV-04", "払う前に一緒に確かめましょう"),
        ("CV-05", "画面を一緒に確かめさせてください"),
        ("CV-12", "110か#9110"),
        ("BK-01", "皆さまにお控えいただいています"),
        ("BK-04", "差し支えない範囲で"),
        ("BK-07", "お相手は会社ですか、個人の方ですか"),
        ("PO-05", "警察が「お金を移して」と言うことはありません"),
        ("CM-05", "投資をすすめられた"),
        ("CM-03", "「{警察|けいさつ}です」と{言|い}う"),
        ("CM-10", "{手伝|てつだ}い"),
        ("PO-02", "{手伝|てつだ}い"),
        ("DL-06", "{物|もの}を{箱|はこ}に{入|い}れている"),
        ("DL-09", "{指輪|ゆびわ}やネックレス"),
        ("NP-08", "{指輪|ゆびわ}やネックレス"),
    ],
)
def test_a_corrected_sentence_stays_corrected(item_id: str, words: str) -> None:
    sentences = [one for language in LANGUAGES for one in texts(ITEMS[item_id], language)]
    assert any(words in sentence.replace("**", "") for sentence in sentences)


@pytest.mark.parametrize(
    ("code", "ja", "easy"),
    [
        ("MANAGER", "一人のときは110番が先", "{先|さき}に110"),
        ("STOP_ATM", "暗証番号・残高は見ない", "{暗証番号|あんしょうばんごう}"),
        ("COOLING_OFF", "やめられるかもしれません。期限があるので早めに", "{早|はや}く"),
        ("C110", "お金や身の危険", "お{金|かね}を{払|はら}いそうなとき、{危|あぶ}ないとき"),
    ],
)
def test_a_corrected_action_stays_corrected(code: str, ja: str, easy: str) -> None:
    assert ja in ACTIONS[code]["text"]["ja"]
    assert easy in ACTIONS[code]["text"]["easy"]


def test_a_badge_is_not_shown_to_prove_a_collection() -> None:
    assert "SHOW_BADGE" not in ITEMS["NP-11"]["do"]
    assert "トラブル" in CHECKLISTS["newspaper"]["categories"]["tenken"]["easy"]
    asked = {one["id"]: one for one in CHECKLISTS["other"]["questions"]}
    assert "{何|なん}と" in asked["claimed_role"]["text"]["easy"]
