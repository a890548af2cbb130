from datetime import date, datetime, time

import pytest

from app.organizations.roster.cells import Cell, Doubt
from app.organizations.roster.dates import day

APRIL_FIRST: list[Cell] = [
    "R8.4.1",
    "r8/4/1",
    "Ｒ８．４．１",
    "令和8年4月1日",
    "令和 ８年 ４月 １日(水)",
    "㋿8年4月1日",
    "2026/4/1",
    "2026-04-01",
    "2026.4.1",
    "2026年4月1日",
    "2026/4/1 0:00",
    "2026-04-01T00:00:00",
    "20260401",
    20260401.0,
    "46113",
    46113.0,
    date(2026, 4, 1),
    datetime(2026, 4, 1, 9, 30),
]


@pytest.mark.parametrize("cell", APRIL_FIRST, ids=str)
def test_every_way_to_write_the_first_of_april(cell: Cell) -> None:
    assert day(cell) == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("平成30年12月28日", date(2018, 12, 28)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("2026/4/1 10:15", date(2026, 4, 1)),
    ],
)
def test_eras_count_from_their_own_first_year(written: str, expected: date) -> None:
    assert day(written) == expected


@pytest.mark.parametrize("cell", ["", "—", "なし"])
def test_nothing_written_is_no_date(cell: str) -> None:
    assert day(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "8.4.1",
        "4月1日",
        "令和8年4月",
        "R8.2.30",
        "2026/13/1",
        "0026/4/1",
        "令和199年4月1日",
        "予定",
        "99999",
        3.0,
        46113.5,
        True,
        time(9, 0),
        date(1900, 1, 3),
    ],
    ids=str,
)
def test_a_day_that_is_not_certain_is_a_doubt(cell: Cell) -> None:
    with pytest.raises(Doubt, match="日付として読めません"):
        day(cell)
