"""What may not slip into a sentence that phones show."""

import pytest

from app.editions.wording import problems_in


def messages(text: str, language: str = "ja", most: int = 30) -> list[str]:
    found = problems_in(text, language, field="text-ja", most=most, variables={"center_tel"})
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("**高い電子マネーを何枚も**買おうとしている", "ja"),
        ("**{高|たか}い{電子|でんし}マネー**を{買|か}う", "easy"),
        ("Trying to buy **several cards**", "en"),
        ("{{center_tel}} へ電話", "ja"),
        ("「必ずもうかる」と言われた", "ja"),
        ("", "en"),
    ],
)
def test_good_sentences_pass(text: str, language: str) -> None:
    assert messages(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "part"),
    [
        ("あ" * 31, "ja", "字までです"),
        ("**太い", "ja", "太字"),
        ("****", "ja", "太字"),
        ("{漢字|", "easy", "の形で"),
        ("{|}", "ja", "の形で"),
        ("漢字", "easy", "読みのない漢字"),
        ("{漢字|漢}", "easy", "かなで"),
        ("{漢字|かんじ}", "ja", "やさしい日本語だけ"),
        ("Call the センター", "en", "英語の欄"),
        ("{{issuer_tel}} へ", "ja", "差し込み"),
        ("必ず戻ります", "ja", "約束できません"),
        ("We guarantee it", "en", "約束できません"),
    ],
)
def test_what_breaks_a_sentence_is_refused(text: str, language: str, part: str) -> None:
    assert any(part in message for message in messages(text, language))


def test_readings_and_marks_do_not_count_as_letters() -> None:
    assert messages("**{高|たか}い**", "easy", most=2) == []
    assert messages("**{高|たか}い**", "easy", most=1)
