"""Nobody can be found in the results: what is shown leaves each few count at least two values."""

from datetime import date
from itertools import product

import pytest

from app.pilots.rules import (
    FEW,
    Shown,
    is_few,
    is_open,
    several_shown,
    single_shown,
    total_shown,
)

MOST = 9


def possible(shown: dict[str, Shown], total: int) -> list[tuple[int, ...]]:
    """All counts that a reader can't exclude."""
    spans = [
        range(one.least, (total if one.most is None else one.most) + 1) for one in shown.values()
    ]
    return [counts for counts in product(*spans) if sum(counts) == total]


def test_no_few_count_follows_from_the_others() -> None:
    for counts in product(range(MOST), repeat=3):
        total = sum(counts)
        shown = single_shown(dict(zip("abc", counts, strict=True)), total)
        if shown is None:
            assert any(is_few(one) for one in [*counts, total])
            continue
        found = possible(shown, total)
        assert counts in found
        for place, count in enumerate(counts):
            if is_few(count):
                assert len({one[place] for one in found}) > 1, (counts, shown)


def test_counts_without_a_few_are_told_as_they_are() -> None:
    shown = single_shown({"a": 7, "b": 5, "c": 0}, 12)
    assert shown
    assert [one.words for one in shown.values()] == ["7", "5", "0"]
    hidden = single_shown({"a": 7, "b": 6, "c": 2}, 15)
    assert hidden
    assert [one.words for one in hidden.values()] == ["7", "5以上", "1〜4"]


@pytest.mark.parametrize("total", range(5, 12))
def test_of_several_answers_neither_few_nor_few_others_are_told(total: int) -> None:
    for count in range(total + 1):
        shown = several_shown({"a": count}, total)
        assert shown
        one = shown["a"]
        assert one.most is not None
        assert one.least <= count <= one.most
        if is_few(count) or is_few(total - count):
            assert one.most - one.least == FEW - 2


def test_so_few_answers_say_nothing() -> None:
    assert total_shown(0).words == "0"
    assert total_shown(4).words == "1〜4"
    assert single_shown({"a": 4}, 4) is None
    assert several_shown({"a": 2}, 4) is None


@pytest.mark.parametrize(
    ("phase", "day", "takes"),
    [
        ("before", date(2026, 1, 1), True),
        ("before", date(2026, 10, 14), True),
        ("before", date(2026, 10, 15), False),
        ("after", date(2026, 12, 17), False),
        ("after", date(2026, 12, 18), True),
        ("after", date(2027, 1, 27), True),
        ("after", date(2027, 1, 28), False),
    ],
)
def test_each_form_is_open_in_its_own_time(phase: str, day: date, takes: bool) -> None:
    assert is_open(phase, date(2026, 10, 1), date(2026, 12, 31), day) is takes
