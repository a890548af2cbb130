"""Which place each badge takes, before anything is drawn."""

import pytest

from app.printing.badge_paper import PAPERS, USUAL, Layout, Side, Sides, arrange, in_parts

BESIDE, BACKS, FRONTS = Sides.BESIDE, Sides.BACKS, Sides.FRONTS


def spots(layout: Layout, count: int) -> list[list[tuple[int, int, int]]]:
    return [[(p.badge, p.column, p.row) for p in page] for page in arrange(count, layout)]


@pytest.mark.parametrize(
    ("paper", "margins"),
    [("card", (14, 11)), ("b8", (14, 20.5)), ("a7", (52.5, 37.5)), ("cr80", (0, 0))],
)
def test_the_cards_lie_in_the_middle_of_the_page(paper: str, margins: tuple[float, float]) -> None:
    assert PAPERS[paper].margins == margins


def test_a_begun_sheet_is_gone_on_with_on_both_sides() -> None:
    first, first_back, second, second_back = spots(Layout(start=9), 3)
    assert first == [(0, 0, 4), (1, 1, 4)]
    assert first_back == [(0, 1, 4), (1, 0, 4)]
    assert (second, second_back) == ([(2, 0, 0)], [(2, 1, 0)])


def test_fronts_alone_and_backs_alone_take_one_page_each() -> None:
    assert [{p.side for p in page} for page in arrange(2, Layout(sides=FRONTS))] == [{Side.FRONT}]
    assert spots(Layout(sides=BACKS), 2) == [[(0, 1, 0), (1, 0, 0)]]


def test_beside_each_other_five_persons_take_a_sheet() -> None:
    layout = Layout(sides=BESIDE, start=4)
    pages = arrange(3, layout)
    assert layout.sheets(3) == len(pages) == 2
    assert [(p.badge, p.side, p.column, p.row) for p in pages[0]] == [
        (0, Side.FRONT, 0, 3),
        (0, Side.BACK, 1, 3),
        (1, Side.FRONT, 0, 4),
        (1, Side.BACK, 1, 4),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        Layout(start=11),
        Layout(start=0),
        Layout(sides=BESIDE, start=6),
        Layout("a7", BESIDE),
        Layout("cr80", start=2),
    ],
)
def test_what_a_sheet_has_no_room_for_is_refused(layout: Layout) -> None:
    assert not layout.is_possible
    with pytest.raises(ValueError, match="not possible"):
        arrange(1, layout)


@pytest.mark.parametrize("count", [1, 199, 200, 201, 1000])
@pytest.mark.parametrize("layout", [USUAL, Layout(start=4), Layout("a7", start=3)])
def test_parts_hold_each_badge_once_and_join_at_full_sheets(count: int, layout: Layout) -> None:
    parts = in_parts(count, 200, layout)
    assert [i for first, end, _ in parts for i in range(first, end)] == list(range(count))
    assert all(0 < end - first <= 200 for first, end, _ in parts)
    joined = [
        [(badge + first, column, row) for badge, column, row in page]
        for first, end, start in parts
        for page in spots(Layout(layout.paper, layout.sides, start), end - first)
    ]
    assert joined == spots(layout, count)
