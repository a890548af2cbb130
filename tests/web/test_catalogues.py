"""No screen falls back to Japanese, and no translation breaks a sentence's markup or values."""

import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from app.web.building import ROOT, babel
from app.web.language import Language, translated
from app.web.text import RUBY

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SLOT_FOR_SCRIPTS = re.compile(r"\{[a-z]+\}")
KANJI = re.compile(r"[㐀-鿿々〆〇]")
KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿々〆〇、。「」]")

each_locale = pytest.mark.parametrize("locale", ["ja@easy", "en"])


def messages(path: Path) -> dict[str, Message]:
    with path.open("rb") as file:
        return {str(one.id): one for one in read_po(file, ignore_obsolete=True) if one.id}


def catalogue(locale: str) -> dict[str, Message]:
    return messages(ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po")


def translations(locale: str) -> list[tuple[str, str]]:
    return [(msgid, str(one.string)) for msgid, one in catalogue(locale).items()]


@pytest.fixture(scope="module")
def said_by_the_sources(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    fresh = tmp_path_factory.mktemp("locales") / "fresh.pot"
    babel("-q", "extract", "-F", "locales/babel.cfg", "-k", "_ _a N_", "-o", str(fresh),
          "app", "templates")  # fmt: skip
    return set(messages(fresh))


@each_locale
def test_every_collected_sentence_is_translated(locale: str) -> None:
    collected = messages(ROOT / "locales" / "messages.pot")
    known = catalogue(locale)
    assert len(collected) > 300
    assert not [m for m in collected if m not in known or not str(known[m].string).strip()]
    assert not [msgid for msgid, one in known.items() if one.fuzzy]


@each_locale
def test_a_new_sentence_in_the_sources_needs_a_translation(
    locale: str, said_by_the_sources: set[str]
) -> None:
    translated = {msgid for msgid, text in translations(locale) if text.strip()}
    assert said_by_the_sources
    assert sorted(said_by_the_sources - translated) == []


@each_locale
def test_values_and_strong_words_come_through(locale: str) -> None:
    for msgid, text in translations(locale):
        names = PLACEHOLDER.findall(msgid)
        assert Counter(PLACEHOLDER.findall(text)) == Counter(names), msgid
        assert SLOT_FOR_SCRIPTS.findall(text) == SLOT_FOR_SCRIPTS.findall(msgid), msgid
        assert text.count("**") == msgid.count("**"), msgid
        if names:
            assert "%(" not in text % dict.fromkeys(names, "7"), msgid


def test_every_kanji_of_the_plain_language_has_a_reading_in_kana() -> None:
    for msgid, text in translations("ja@easy"):
        without_furigana = RUBY.sub("", SLOT_FOR_SCRIPTS.sub("", text))
        assert not KANJI.search(without_furigana), msgid
        assert not set("{|}") & set(without_furigana), msgid
        assert all(KANA.fullmatch(reading) for _, reading in RUBY.findall(text)), msgid


def test_furigana_stand_over_kanji_only() -> None:
    for msgid, text in translations("ja@easy"):
        for words, _ in RUBY.findall(text):
            assert KANJI.sub("", words) == "", msgid


def test_english_has_no_japanese_letters_in_it() -> None:
    assert not [text for _, text in translations("en") if JAPANESE.search(text)]


@pytest.mark.parametrize(
    ("language", "words"),
    [(Language.JA, "報告する"), (Language.EASY, "{知|し}らせる"), (Language.EN, "Report")],
)
def test_pages_speak_from_the_compiled_catalogue(language: Language, words: str) -> None:
    """Babel skips a catalogue without a header (it counts as fuzzy) and says nothing."""
    assert translated("報告する", language) == words
