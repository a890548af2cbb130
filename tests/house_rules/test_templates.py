"""Pages speak through the catalogue, run under a strict policy, and say what they need."""

import pytest

from tests.house_rules.markup import bare_words, inline_code, needs, used
from tests.house_rules.repository import text_files

FILES = text_files()
PAGES = sorted(path for path in FILES if path.startswith("templates/") and path.endswith(".html"))
PARTIALS = [path for path in PAGES if path.rpartition("/")[2].startswith("_")]
DRAWINGS = sorted(path for path in FILES if path.startswith("static/") and path.endswith(".svg"))
SAID_AS_IT_IS = {
    "日本語": "a language's own name",
    "K-0387": "a sample of a receipt number",
    "{漢字|かんじ}": "how furigana is written",
    "**言葉**": "how strong words are written",
    **dict.fromkeys(("A", "Ctrl", "J", "K", "T", "R", "Enter"), "what stands on a key"),
}


def test_there_are_pages_partials_and_drawings_to_look_at() -> None:
    assert (len(PAGES) >= 25, len(PARTIALS) >= 7, len(DRAWINGS) >= 20) == (True, True, True)


@pytest.mark.parametrize("page", PAGES)
def test_every_word_goes_through_the_catalogue(page: str) -> None:
    assert [word for word in bare_words(FILES[page]) if word not in SAID_AS_IT_IS] == []


@pytest.mark.parametrize("page", PAGES + DRAWINGS)
def test_no_style_and_no_script_hides_in_an_attribute(page: str) -> None:
    assert inline_code(FILES[page]) == []


@pytest.mark.parametrize("partial", PARTIALS)
def test_a_partial_says_at_its_top_what_it_needs(partial: str) -> None:
    said = needs(FILES[partial])
    assert said is not None
    assert used(FILES[partial]) <= said


def test_what_breaks_these_rules_is_noticed() -> None:
    assert bare_words("<p>こんにちは</p>{{ _('はい') }}") == ["こんにちは"]
    assert bare_words("<p title=\"Hello\">{{ {'a': 'いいえ'}['a'] }}</p>") == ["Hello", "いいえ"]
    assert bare_words("{{ _('%(a)sさん', a='様') }}（{{ _a('はい') }}）") == ["様"]
    assert inline_code('<a style="color:red" onclick="go()" href=" JavaScript:go()">') == [
        "style",
        "onclick",
        " JavaScript:go()",
    ]
    assert needs("{# A row. #}\n<p></p>") is None
    assert used("{# A row. Needs: row. #}\n{{ row.a }}{{ other }}{{ _('a') }}") == {"row", "other"}
