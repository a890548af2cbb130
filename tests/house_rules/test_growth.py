"""No page takes longer because a town reports for years: every GET route, on both databases, with
ten thousand reports, and as many of what comes with them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
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
from tests.house_rules.statements import Asked, faults_of, listening
from tests.house_rules.visitors import ENDLESS, Crowd
from tests.towns import AFTERNOON

# A database that holds few of a kind finds them in any way.
EMPTY = {"mail", "report_conflict", "roster_draft", "subscription", "survey_answer"}
GROWN = GROWING - EMPTY
HERE = uuid4()
LED = 303
REFUSED = {LED, 401, 403, 404}
PAGES = [one for one in every_door() if one.method == "GET" and one.address not in ENDLESS]
DESK = [one for one in PAGES if one.route.path.startswith("/desk")]


@dataclass(frozen=True)
class Grown:
    """`before`: how many statements each page of the desk took with one of everything."""

    crowd: Crowd
    before: dict[str, int]
    heard: dict[str, list[Asked]] = field(default_factory=dict)

    def asked_at(self, door: Door) -> list[Asked]:
        if door.address not in self.heard:
            self.heard[door.address] = asked_at(self.crowd, door)
        return self.heard[door.address]


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


def asked_at(crowd: Crowd, door: Door) -> list[Asked]:
    """All that a page asks, of whoever may see it first. Who is led elsewhere counts where all
    are."""
    led: list[Asked] = []
    for visitor in crowd.visitors:
        with listening(crowd.app.state.database.engine) as heard:
            status = crowd.ask(door, visitor)
        if status not in REFUSED and (visitor.knows or not door.permissions):
            return heard
        led = led or (heard if status == LED else [])
    if led:
        return led
    pytest.fail(f"nobody may see {door.address}")


@pytest.mark.parametrize("door", PAGES, ids=[one.address for one in PAGES])
def test_no_page_reads_more_the_more_there_is(door: Door, grown: Grown) -> None:
    heard = grown.asked_at(door)
    found = {fault for one in heard for fault in faults_of(one, GROWING, FEW)}
    with grown.crowd.app.state.database.engine.connect() as connection:
        selects = [one for one in heard if one.sql.startswith("SELECT")]
        found |= {walk for one in selects for walk in walks(connection, one, GROWN)}
    assert door.address in UNHURRIED or not found, "\n".join(sorted(found))


@pytest.mark.parametrize("door", DESK, ids=[one.address for one in DESK])
def test_no_page_of_the_desk_asks_more_often_the_more_rows_it_lists(
    door: Door, grown: Grown
) -> None:
    assert len(grown.asked_at(door)) <= grown.before[door.address]


def test_every_exception_is_a_page() -> None:
    assert UNHURRIED.keys() <= {one.address for one in PAGES}


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
