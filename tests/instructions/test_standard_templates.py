"""What may never slip into an instruction, whoever edits the wording next."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.instructions.standard_templates import (
    CLOSING_TEMPLATES,
    SOURCE,
    STARTING_TEMPLATES,
    standard_templates,
)
from app.web.text import RUBY, filled, plain, unfilled

LANGUAGES = ("ja", "easy", "en")
KEYS = [f"R{number:02d}" for number in range(1, 21)]
NOT_IN_ONE_TAP = {"R03", "R04", "R13", "R14"}
AUTOMATIC = {"R01", "R17", "R18", "R19", "R20"}
KNOWN_TO_THE_PRODUCT = {
    "case_no", "center_name", "center_tel", "deadline_text", "houkatsu_name", "houkatsu_tel",
    "open_text", "police_tel", "result_summary", "staff_label",
}  # fmt: skip
EMERGENCY_NUMBERS = re.compile(r"(?<!\d)(?:110|119|188|#9110)(?!\d)")

each_template = pytest.mark.parametrize("key", KEYS)


def texts(template: dict[str, Any], language: str) -> Iterator[str]:
    """Every sentence of it in one language."""
    for field in ("label", "title", "body", "push_preview"):
        yield template[field][language]
    yield from template["steps"][language]
    yield from (option["text"][language] for option in template["options"])
    if template["say"]:
        yield template["say"][language]


def everything(key: str, language: str) -> str:
    return "\n".join(texts(standard_templates()[key], language))


def test_there_are_twenty_each_under_its_own_name() -> None:
    assert list(standard_templates()) == KEYS
    assert [template["id"] for template in standard_templates().values()] == KEYS
    kinds = {template["kind_code"] for template in standard_templates().values()}
    assert len(kinds) == len(KEYS)


@each_template
def test_every_sentence_exists_in_three_languages(key: str) -> None:
    template = standard_templates()[key]
    for field in ("label", "title", "steps", "body", "push_preview"):
        assert set(template[field]) == set(LANGUAGES), field
    assert not template["say"] or set(template["say"]) == set(LANGUAGES)
    for language in LANGUAGES:
        assert all(text.strip() for text in texts(template, language))
        assert 1 <= len(template["steps"][language]) <= 3
    assert len({len(steps) for steps in template["steps"].values()}) == 1


@each_template
def test_fields_hold_what_the_desk_and_the_ladder_read(key: str) -> None:
    template = standard_templates()[key]
    assert template["urgency"] in {"now", "today", "info", "any"}
    assert template["ack"] in {"none", "tap", "tap_result", "form", "call"}
    kind, value = template["deadline"]["type"], template["deadline"]["value"]
    assert (kind == "none" and value == 0) or (kind in {"minutes", "business"} and value > 0)
    assert (kind == "none") == (template["ack"] == "none")
    assert bool(template["options"]) == (template["ack"] in {"tap_result", "form", "call"})
    codes = [option["code"] for option in template["options"]]
    assert len(set(codes)) == len(codes)
    assert all(isinstance(code, str) for code in codes)
    assert all(template[field] for field in ("kind", "use_when", "next_status", "legal_note"))


def test_only_members_are_asked_for_names_and_only_urgent_ones_end_in_a_phone_call() -> None:
    def marked(flag: str) -> set[str]:
        return {key for key, template in standard_templates().items() if template[flag]}

    assert marked("members_only") == {"R04", "R13"}
    assert marked("phone_task") == {"R04", "R05", "R07", "R08", "R12", "R15", "R16"}


@each_template
def test_easy_japanese_has_furigana_on_every_kanji(key: str) -> None:
    for text in texts(standard_templates()[key], "easy"):
        rest = RUBY.sub("", re.sub(r"\{\{[a-z_]+\}\}", "", text))
        assert not re.search(r"[\u3400-\u9fff々{}|]", rest), text
        for word, reading in RUBY.findall(text):
            assert re.fullmatch(r"[ぁ-んー]+", reading), text
            assert re.search(r"[\u3400-\u9fff]", word), text
            assert reading.endswith(re.sub(r"^.*[\u3400-\u9fff々]", "", word)), text


@each_template
def test_furigana_and_japanese_stay_in_their_own_language(key: str) -> None:
    assert not RUBY.search(everything(key, "ja"))
    assert not re.search(r"[\u3040-\u30ff\u3400-\u9fff]", everything(key, "en"))


@each_template
def test_labels_and_hints_fit_their_buttons(key: str) -> None:
    template = standard_templates()[key]
    assert len(template["label"]["ja"]) <= 12
    assert len(template["hint"]["ja"]) <= 18


@each_template
def test_a_lock_screen_tells_nothing_about_the_case(key: str) -> None:
    preview = standard_templates()[key]["push_preview"]
    assert len(preview["ja"]) <= 40
    telling = (
        r"\{\{|様|さん|店|警察|詐欺|家族|認知|安否|ATM|カード|振込|支払|電子マネー|訪問|住所|110"
    )
    assert not re.search(telling, preview["ja"])
    assert not re.search(telling, plain(preview["easy"]))
    assert not re.search(r"scam|police|family|store|card|110|\{\{", preview["en"])


@each_template
def test_variables_are_declared_and_the_same_in_every_language(key: str) -> None:
    declared = set(standard_templates()[key]["variables"]) - {"secure_form"}
    for language in LANGUAGES:
        assert set(unfilled(everything(key, language))) == declared, language


@each_template
def test_one_tap_leaves_no_variable_open(key: str) -> None:
    if key not in NOT_IN_ONE_TAP:
        assert set(standard_templates()[key]["variables"]) <= KNOWN_TO_THE_PRODUCT


@each_template
def test_steps_and_body_name_the_same_numbers_in_every_language(key: str) -> None:
    template = standard_templates()[key]

    def named(text: str) -> set[str]:
        return set(EMERGENCY_NUMBERS.findall(text))

    in_body = {language: named(template["body"][language]) for language in LANGUAGES}
    in_steps = {language: named(" ".join(template["steps"][language])) for language in LANGUAGES}
    assert in_body == in_steps
    assert len({frozenset(numbers) for numbers in in_body.values()}) == 1


def test_nothing_is_promised_to_be_certain() -> None:
    assert "必ず" not in SOURCE.read_text(encoding="utf-8")
    assert "かならず" not in SOURCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("summary", ["", "お金は払われずに済みました。"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_closing_reads_well_with_and_without_a_summary(language: str, summary: str) -> None:
    template = standard_templates()["R18"]
    values = {"case_no": "K-0387", "result_summary": summary}
    for text in [template["body"][language], *template["steps"][language]]:
        sentence = filled(text, values).strip()
        assert sentence
        assert "  " not in sentence
        assert not re.search(r"。。|。 |\. \.", sentence)


def test_the_desk_suggests_four_templates_that_one_tap_can_send() -> None:
    assert set(STARTING_TEMPLATES) == {"now", "today", "info"}
    for suggested in STARTING_TEMPLATES.values():
        assert len(set(suggested)) == len(suggested) == 4
        assert set(suggested) <= set(KEYS) - NOT_IN_ONE_TAP - AUTOMATIC
    for key in STARTING_TEMPLATES["now"]:
        assert standard_templates()[key]["urgency"] == "now"


def test_closing_templates_ask_for_no_answer() -> None:
    assert CLOSING_TEMPLATES == ("R17", "R18")
    assert all(standard_templates()[key]["ack"] == "none" for key in CLOSING_TEMPLATES)


@pytest.mark.parametrize(
    ("key", "language", "said"),
    [
        ("R01", "ja", "センターに届きました。相談員が見ると表示が変わります"),
        ("R01", "easy", "お{金|かね}を{払|はら}いそうなとき、{危|あぶ}ないとき"),
        ("R01", "en", "changes once a counsellor has seen it"),
        ("R05", "ja", "店の住所(外なら今いる場所)"),
        ("R05", "easy", "{外|そと}のときは、{今|いま}いる{場所|ばしょ}"),
        ("R05", "en", "where you are now"),
        ("R08", "ja", "カードの裏や公式サイトの電話番号"),
        ("R11", "ja", "市の担当で引き継ぎます"),
        ("R11", "easy", "{市|し}の{担当|たんとう}が{引|ひ}き{継|つ}ぎます"),
        ("R12", "ja", "場所をうかがいたいので、{{center_tel}} へお電話ください"),
        ("R12", "easy", "{{center_tel}} に{電話|でんわ}してください"),
        ("R12", "en", "phone {{center_tel}}"),
        ("R15", "ja", "直接お話をうかがいたいです"),
        ("R16", "ja", "責任者(いなければあなた)が110番します"),
        ("R16", "easy", "{店長|てんちょう}(いないときは、あなた)"),
        ("R16", "en", "or you, if there is none"),
        ("R18", "ja", "朝礼などで話してよい文は、後でお送りします"),
        ("R18", "ja", "報告をもとに確認できました"),
        ("R19", "ja", "#9110(時間外は {{police_tel}})"),
        ("R19", "easy", "お{金|かね}を{払|はら}いそうなとき、{危|あぶ}ないとき"),
        ("R19", "en", "#9110 (outside its hours {{police_tel}})"),
        ("R20", "ja", "残っていれば、会社の決まりに従って扱ってください"),
        ("R20", "easy", "{会社|かいしゃ}の{決|き}まりのとおり"),
        ("R20", "en", "company's rules"),
    ],
)
def test_body_and_steps_carry_what_was_corrected(key: str, language: str, said: str) -> None:
    template = standard_templates()[key]
    assert said in template["body"][language]
    assert said in "".join(template["steps"][language])


@pytest.mark.parametrize(
    ("key", "never"),
    [
        ("R01", r"確認しています|確認中|looking at it"),
        ("R08", r"issuer_tel|戻ります"),
        ("R11", r"つなぎます|connect with"),
        ("R12", r"訪問|{行|い}きます|visit"),
        ("R15", r"お話ししたい"),
        ("R18", r"役に立|{役|やく}に|difference"),
        ("R20", r"消して|{消|け}|Delete"),
    ],
)
def test_what_was_taken_out_stays_out(key: str, never: str) -> None:
    words = "\n".join(everything(key, language) for language in LANGUAGES)
    assert not re.search(never.replace("{", r"\{"), words)


def test_corrections_outside_the_sentences_are_in_too() -> None:
    templates = standard_templates()
    assert templates["R01"]["next_status"] == "センターに届きました"
    assert templates["R01"]["push_preview"]["ja"] == "センターに届きました"
    assert "損失の負担は約束しない" in templates["R07"]["legal_note"]
    assert templates["R06"]["deadline"] == {"type": "business", "value": 480}
    assert "K-0387" in SOURCE.read_text(encoding="utf-8")
