import re

import pytest

from app.drills.mock_cases import mock_cases
from app.drills.models import Drill
from app.web.text import RUBY

KANJI = re.compile(r"[㐀-鿿々〆〇]")
CASES = sorted(mock_cases())


def test_there_are_cases_to_choose_from_and_their_names_fit_the_table() -> None:
    assert len(CASES) == 4
    longest = Drill.__table__.columns["mock_case"].type.length  # type: ignore[attr-defined]
    assert max(map(len, CASES)) <= longest


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("part", ["title", "story"])
def test_each_is_told_in_three_languages(case: str, part: str) -> None:
    texts = mock_cases()[case][part]
    assert list(texts) == ["ja", "easy", "en"]
    assert not re.search(r"[ぁ-ヿ㐀-鿿]", texts["en"])
    assert not KANJI.search(RUBY.sub("", texts["easy"]))
