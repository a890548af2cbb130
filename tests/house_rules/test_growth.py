"""No page takes longer because a town reports for years: every GET route, on both databases, with
ten thousand reports, and as many of what comes with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.badges.models import Badge, Device
from app.instructions.models import Answer, Instruction
from app.networks.scope import in_network
from app.reports.models import Report
from bench.multiplying import multiply
from tests.house_rules.doors import Door, every_door
from tests.house_rules.gathering import gather
from tests.house_rules.growing import ENDED, FEW, GROWING, ROWS, UNHURRIED
from tests.house_rules.plans import walks
from tests.house_rules.searches import SEARCHES, asks_further
from tests.house_rules.statements import Asked, faults_of, listening
from tests.house_rules.visitors import ENDLESS, Crowd
from tests.towns import AFTERNOON

# A database that holds few of a kind finds them in any way.
EMPTY = {"mail", "report_conflict", "roster_draft", "subscription", "survey_answer"}
GROWN = GROWING - EMPTY
LEFT = {(table, column) for table, columns in ENDED.items() for column in columns} - FEW.keys()
HERE = uuid4()
LED = 303
LONGEST = 500
REFUSED = {LED, 401, 403, 404}
PAGES = [one for one in every_door() if one.method == "GET" and one.address not in ENDLESS]
DESK = [one for one in PAGES if one.route.path.startswith("/desk")]


@dataclass(frozen=True)
class Grown:
    """`before`: how many statements each page of the desk took with one of everything."""

    crowd: Crowd
    before: dict[str, int]
    heard: dict[tuple[str, str], list[Asked]] = field(default_factory=dict)

    def asked_at(self, door: Door, query: str = "") -> list[Asked]:
        if (door.address, query) not in self.heard:
            self.heard[door.address, query] = asked_at(self.crowd, door, query)
        return self.heard[door.address, query]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"growth-{name}"))
        for name in ("sqlite", "postgres")
    ],
)
def grown(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Grown]:
    crowd = gather(request.param, request, tmp_path_factory)
    answer(crowd)
    before = {door.address: len(asked_at(crowd, door)) for door in DESK}
    engine = crowd.app.state.database.engine
    multiply(engine, crowd.network_id, ROWS, ENDED)
    yield Grown(crowd, before)
    crowd.app.state.database.close()


def answer(crowd: Crowd) -> None:
    """One example, of which there will be many."""
    instruction_id = UUID(crowd.ids["instruction_id"])
    with crowd.app.state.database.writing() as session:
        device = session.exec(in_network(Device, crowd.network_id)).first()
        assert device
        session.add(
            Answer(
                network_id=crowd.network_id,
                instruction_id=instruction_id,
                device_id=device.id,
                kind="acknowledged",
                at=AFTERNOON,
            )
        )


def asked_at(crowd: Crowd, door: Door, query: str = "") -> list[Asked]:
    """All that a page asks, of whoever may see it first. Who is led elsewhere counts where all
    are."""
    led: list[Asked] = []
    for visitor in crowd.visitors:
        with listening(crowd.app.state.database.engine) as heard:
            status = crowd.ask(door, visitor, query)
        if status not in REFUSED and (visitor.knows or not door.permissions):
            return heard
        led = led or (heard if status == LED else [])
    if led:
        return led
    pytest.fail(f"nobody may see {door.address}")


def answered(connection: Connection, asked: Asked) -> int:
    """Rows, of rosters too: a page isn't a list of ten thousand."""
    return len(connection.exec_driver_sql(asked.sql, asked.parameters).fetchall())


@pytest.mark.parametrize("door", PAGES, ids=[one.address for one in PAGES])
def test_no_page_reads_more_the_more_there_is(door: Door, grown: Grown) -> None:
    found = growing_at(grown, door)
    assert door.address in UNHURRIED or not found, "\n".join(sorted(found))


@pytest.mark.parametrize(
    ("door", "query"),
    [(door, query) for door in PAGES for query in SEARCHES.get(door.address, ())],
    ids=lambda one: one.address if isinstance(one, Door) else str(one),
)
def test_no_search_reads_more_the_more_there_is(door: Door, query: str, grown: Grown) -> None:
    found = growing_at(grown, door, query)
    assert door.address in UNHURRIED or not found, "\n".join(sorted(found))


def growing_at(grown: Grown, door: Door, query: str = "") -> set[str]:
    """What takes longer there the more rows there are."""
    heard = grown.asked_at(door, query)
    found = {fault for one in heard for fault in faults_of(one, GROWING, FEW)}
    with grown.crowd.app.state.database.engine.connect() as connection:
        selects = [one for one in heard if one.sql.startswith("SELECT")]
        found |= {walk for one in selects for walk in walks(connection, one, GROWN, LEFT)}
        found |= {one.sql for one in selects if answered(connection, one) > LONGEST}
    return found


@pytest.mark.parametrize("door", DESK, ids=[one.address for one in DESK])
def test_no_page_of_the_desk_asks_more_often_the_more_rows_it_lists(
    door: Door, grown: Grown
) -> None:
    assert len(grown.asked_at(door)) <= grown.before[door.address]


@pytest.mark.parametrize(
    "order", [(col(Report.industry), col(Report.seq)), (col(Report.rank), col(Report.seq).desc())]
)
def test_sorting_all_that_are_open_is_noticed(order: Any, grown: Grown) -> None:
    crowd = grown.crowd
    still_open = in_network(Report, crowd.network_id).where(col(Report.closed_at).is_(None))
    planted = still_open.order_by(*order).limit(50)
    engine = crowd.app.state.database.engine
    with listening(engine) as heard, crowd.app.state.database.reading() as session:
        session.exec(planted).all()
    asked = next(one for one in heard if one.written is not None)
    with engine.connect() as connection:
        assert walks(connection, asked, GROWN, LEFT)


def test_every_exception_is_a_page() -> None:
    assert UNHURRIED.keys() <= {one.address for one in PAGES}


def test_every_page_that_searches_is_searched() -> None:
    searching = {one.address for one in PAGES if asks_further(one)}
    assert searching == SEARCHES.keys() | (searching & UNHURRIED.keys())


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (in_network(Report, HERE), "reads all of report"),
        (in_network(Report, HERE).where(col(Report.closed_at).is_(None)), "reads all of report"),
        (in_network(Report, HERE).limit(5).offset(50), "OFFSET"),
        (in_network(Report, HERE).with_only_columns(func.count()), "counts all of report"),
        (in_network(Badge, HERE).with_only_columns(func.count()).limit(1), "counts all of badge"),
        (
            in_network(Instruction, HERE).join(Report, col(Report.id) == Instruction.report_id),
            "reads all of instruction, report",
        ),
        (
            in_network(Report, HERE).where(
                col(Report.badge_id).in_(select(Badge.id).where(Badge.network_id == HERE))
            ),
            "reads all of report",
        ),
    ],
)
def test_what_grows_is_noticed(planted: Any, fault: str) -> None:
    assert faults_of(Asked("", (), planted), GROWING, FEW) == [fault]


@pytest.mark.parametrize(
    "planted",
    [
        in_network(Report, HERE).limit(50),
        in_network(Report, HERE).where(Report.id == HERE),
        in_network(Instruction, HERE).where(Instruction.report_id == HERE),
        in_network(Instruction, HERE)
        .where(Instruction.report_id == HERE)
        .with_only_columns(func.count()),
        in_network(Instruction, HERE)
        .where(Instruction.report_id == HERE)
        .join(
            Report,
            (col(Report.id) == Instruction.report_id) & (col(Report.network_id) == HERE),
        ),
        in_network(Report, HERE).where(Report.seq == 1),
    ],
)
def test_what_stays_short_is_left_alone(planted: Any) -> None:
    assert faults_of(Asked("", (), planted), GROWING, FEW) == []
