"""No page takes longer because a town reports for years: every GET route, on both databases, with
ten thousand reports, and as many of what comes with them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
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
from tests.house_rules.growing import ENDED, FEW, GROWING, ROWS, UNHURRIED
from tests.house_rules.plans import walks
from tests.house_rules.statements import Asked, faults_of, listening
from tests.house_rules.visitors import ENDLESS, Crowd
from tests.postgres import Cluster
from tests.towns import AFTERNOON, settings_in

# A database that holds few of a kind finds them in any way.
EMPTY = {"mail", "report_conflict", "roster_draft", "subscription", "survey_answer"}
GROWN = GROWING - EMPTY
HERE = uuid4()
REFUSED = {303, 401, 403, 404}
"""Whoever is led elsewhere hasn't asked for the page yet."""
PAGES = [one for one in every_door() if one.method == "GET" and one.address not in ENDLESS]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(name, marks=pytest.mark.xdist_group(f"growth-{name}"))
        for name in ("sqlite", "postgres")
    ],
)
def crowd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    folder, town = request.getfixturevalue(f"{request.param}_town")
    data: Path = tmp_path_factory.mktemp("growth") / "data"
    shutil.copytree(folder, data)
    address = ""
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"growth{uuid4().hex}"
        cluster.execute(f"CREATE DATABASE {name} TEMPLATE town")
        address = cluster.url(name)
    crowd = Crowd(settings_in(data, address), town)
    answer(crowd)
    engine = crowd.app.state.database.engine
    multiply(engine, crowd.network_id, ROWS, ENDED)
    yield crowd
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
    """All that a page asks, of whoever may see it first."""
    for visitor in crowd.visitors:
        with listening(crowd.app.state.database.engine) as heard:
            status = crowd.ask(door, visitor)
        if status not in REFUSED and (visitor.knows or not door.permissions):
            return heard
    pytest.fail(f"nobody may see {door.address}")


@pytest.mark.parametrize("door", PAGES, ids=[one.address for one in PAGES])
def test_no_page_reads_more_the_more_there_is(door: Door, crowd: Crowd) -> None:
    heard = asked_at(crowd, door)
    found = {fault for one in heard for fault in faults_of(one, GROWING, FEW)}
    with crowd.app.state.database.engine.connect() as connection:
        selects = [one for one in heard if one.sql.startswith("SELECT")]
        found |= {walk for one in selects for walk in walks(connection, one, GROWN)}
    assert door.address in UNHURRIED or not found, "\n".join(sorted(found))


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
