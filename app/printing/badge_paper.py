"""What badges are printed on, and where on it: kinds of paper, sides, and sheets begun before."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import ceil

ART_WIDTH, ART_HEIGHT = 91.0, 55.0


class Side(StrEnum):
    FRONT = "front"
    BACK = "back"


class Sides(StrEnum):
    """両面(長辺とじ)・表だけ・裏だけ・左に表と右に裏."""

    DUPLEX = "duplex"
    FRONTS = "fronts"
    BACKS = "backs"
    BESIDE = "beside"


@dataclass(frozen=True)
class Paper:
    """Millimetres. The cards lie in the middle of the page, edge to edge."""

    page: tuple[float, float]
    card: tuple[float, float]
    columns: int
    rows: int

    @property
    def margins(self) -> tuple[float, float]:
        """Left and right, top and bottom."""
        across, down = self.columns * self.card[0], self.rows * self.card[1]
        return round((self.page[0] - across) / 2, 3), round((self.page[1] - down) / 2, 3)

    @property
    def scale(self) -> float:
        """The card's art is drawn 91 mm wide and enlarged by this."""
        return self.card[0] / ART_WIDTH

    @property
    def extra(self) -> float:
        """How much higher than 55 mm the art is drawn, before it is enlarged."""
        return self.card[1] / self.scale - ART_HEIGHT

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Column and row of the card at that point of the page."""
        left, top = self.margins
        return int((x - left) // self.card[0]), int((y - top) // self.card[1])


A4 = (210.0, 297.0)
PAPERS: dict[str, Paper] = {
    "card": Paper(A4, (ART_WIDTH, ART_HEIGHT), 2, 5),
    "b8": Paper(A4, (91.0, 64.0), 2, 4),
    "a7": Paper(A4, (105.0, 74.0), 1, 3),
    "cr80": Paper((85.6, 53.98), (85.6, 53.98), 1, 1),
}


@dataclass(frozen=True)
class Layout:
    """`start`: the first free place of the first sheet, counted from 1 in reading order; where
    front and back lie beside each other, the first free row."""

    paper: str = "card"
    sides: Sides = Sides.DUPLEX
    start: int = 1
    marks: bool = True

    @property
    def sheet(self) -> Paper:
        return PAPERS[self.paper]

    @property
    def places(self) -> int:
        """How many badges a sheet takes. 0: this paper has no room for two sides in a row."""
        sheet = self.sheet
        if self.sides is Sides.BESIDE:
            return sheet.rows if sheet.columns == 2 else 0
        return sheet.columns * sheet.rows

    @property
    def is_possible(self) -> bool:
        return 1 <= self.start <= self.places

    def sheets(self, count: int) -> int:
        """How many sheets of paper `count` badges take."""
        return ceil((count + self.start - 1) / self.places)


USUAL = Layout()


@dataclass(frozen=True)
class Place:
    """Which badge, by its position in the order, and where one of its sides goes."""

    badge: int
    side: Side
    column: int
    row: int


def arrange(count: int, layout: Layout) -> list[list[Place]]:
    """What goes where, page by page. Raises ValueError for a layout that isn't possible."""
    if not layout.is_possible:
        raise ValueError(f"{layout} is not possible")
    places = ((layout.start - 1 + badge, badge) for badge in range(count))
    sheets: dict[int, list[tuple[int, int]]] = {}
    for position, badge in places:
        sheet, place = divmod(position, layout.places)
        sheets.setdefault(sheet, []).append((place, badge))
    return [page for taken in sheets.values() for page in _pages(taken, layout)]


def in_parts(count: int, most: int, layout: Layout) -> list[tuple[int, int, int]]:
    """First, end and starting place of each part, so that every part but the last fills its last
    sheet. `most`: badges in a part, a multiple of what a sheet takes or nearly."""
    sheets = layout.places
    room = max(sheets, most // sheets * sheets)
    cuts = [0, *range(room - (layout.start - 1), count, room), count]
    cuts = sorted({cut for cut in cuts if 0 <= cut <= count})
    return [(first, end, layout.start if first == 0 else 1) for first, end in pairwise(cuts)]


def _pages(taken: list[tuple[int, int]], layout: Layout) -> Iterator[list[Place]]:
    columns = layout.sheet.columns
    if layout.sides is Sides.BESIDE:
        yield [
            Place(badge, side, column, row)
            for row, badge in taken
            for column, side in enumerate(Side)
        ]
        return
    if layout.sides is not Sides.BACKS:
        yield [Place(b, Side.FRONT, p % columns, p // columns) for p, b in taken]
    if layout.sides is not Sides.FRONTS:
        yield [Place(b, Side.BACK, columns - 1 - p % columns, p // columns) for p, b in taken]
