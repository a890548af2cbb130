"""A value in a cell: as it is, or with what keeps it from being something else."""

from datetime import UTC, date, datetime

import pytest

from app.holdings.cells import LONGEST, cell_of, for_workbook, in_cp932, in_era
from app.web.spreadsheets import for_csv


@pytest.mark.parametrize(
    ("value", "cell", "era"),
    [
        (None, "", ""),
        (True, "はい", ""),
        (7, 7, ""),
        (["CV-01"], '["CV-01"]', ""),
        (date(2027, 3, 31), "2027-03-31", "令和9年3月31日"),
        (
            datetime(2026, 9, 23, 15, 30, tzinfo=UTC),
            "2026-09-24T00:30:00+09:00",
            "令和8年9月24日 00:30",
        ),
    ],
)
def test_values_read_the_same_for_people_and_machines(
    value: object, cell: object, era: str
) -> None:
    assert (cell_of(value), in_era(value)) == (cell, era)


@pytest.mark.parametrize("typed", ["=1", "+1", "-1", "@a", "\ta", "\ra", "'a"])
def test_one_quote_in_front_can_be_taken_away_again(typed: str) -> None:
    assert for_csv(typed) == f"'{typed}"


def test_usual_texts_stay_as_they_are() -> None:
    assert for_csv("0000-00-1188") == "0000-00-1188"
    assert in_cp932("髙﨑①") == ("髙﨑①", [])


def test_a_variant_keeps_its_selector_as_a_number() -> None:
    assert in_cp932("葛\U000e0100城") == ("葛{U+E0100}城", ["\U000e0100"])


def test_a_text_that_excel_would_drop_is_cut_and_said() -> None:
    text, is_whole = for_workbook("あ" * 40_000)
    assert (len(text), text[-1], is_whole) == (LONGEST + 1, "…", False)
