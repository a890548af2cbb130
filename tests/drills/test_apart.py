"""A drill is never in real figures: every real screen is the same before, during and after one."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlmodel import Session, SQLModel, select

from app.drills.models import Drill
from app.operations.metrics import measured as metrics_of
from app.reports.models import Report
from app.tables import metadata
from tests.cast import Cast, Desk
from tests.drills.practice import Practice, practice
from tests.house_rules.doors import every_door

# What a drill may write: its own rows, what is pushed about it, and that it was held.
ITS_OWN = {
    "drill", "drill_workplace", "drill_phone", "drill_report", "message", "recipient", "evidence",
    "outbox_item", "audit_entry", "counter",
}  # fmt: skip
ABOUT_DRILLS = re.compile(r"drill")
# The records say that a drill was held, and that people signed in for each look.
LEFT_OUT = {
    "/desk/events",
    "/desk/reports/{report_id}/instructions/new",
    "/account/totp",
    "/office/audit",
    "/office/staff/sign-ins",
}
DRILL_GROUP = re.compile(r'<h2 class="gp drg".*?(?=</nav>)', re.S)
CHANGING = re.compile(r'(name="report_id" value="|nonce=")[^"]*"')


@pytest.fixture
def drill(cast: Cast) -> Practice:
    """Real reports of each kind are there already: open, answered, and one that is missing."""
    held = practice(cast)
    held.desk.instruct(held.phone.report())
    held.phone.put(held.phone.envelope(items=["CV-13"], answers={}))
    held.phone.put(held.phone.envelope(device_seq=9))
    cast.clock.advance(hours=25)
    held.clerk, held.desk = cast.staff("clerk"), cast.staff("counsellor")
    return held


def real_screens(drill: Practice, session: Session) -> Iterator[tuple[str, str]]:
    """Every page for staff that needs no id, each report's page, the phone's own, the metrics."""
    session.rollback()
    supervisor = drill.cast.staff("supervisor")
    reports = session.execute(select(metadata.tables["report"].c.id)).scalars()  # type: ignore[call-overload]
    paths = [f"/desk/reports/{one}" for one in sorted(reports)]
    paths += sorted(
        {
            door.route.path
            for door in every_door()
            if door.method == "GET" and "{" not in door.route.path
            if door.route.path.startswith(("/desk", "/office", "/health"))
            if door.route.path not in LEFT_OUT and not ABOUT_DRILLS.search(door.route.path)
        }
    )
    for reader in (drill.desk, supervisor, drill.clerk):
        yield from ((f"{id(reader)} {path}", seen(reader, path)) for path in paths)
    yield "home", without_card(drill.phone.client.get("/").text)
    for path in paths[:3]:
        yield f"phone {path}", drill.phone.client.get(path.removeprefix("/desk")).text
    registry = metrics_of(session, drill.cast.clock.now)
    yield "metrics", repr([sample for one in registry.collect() for sample in one.samples])


def seen(reader: Desk, path: str) -> str:
    return CHANGING.sub("", DRILL_GROUP.sub("", reader.get(path).text))


def without_card(page: str) -> str:
    page = re.sub(r'<section class="drc mb8" id="drill">.*?</section>', "", page, flags=re.S)
    return re.sub(r'<link rel="stylesheet" href="[^"]*drill[^"]*">', "", page)


def screens(drill: Practice, session: Session) -> dict[str, str]:
    """By what they are, whoever reads them: people sign in anew for each look."""
    found = {re.sub(r"^\d+ ", "", name) + f" {n}": text
             for n, (name, text) in enumerate(real_screens(drill, session))}  # fmt: skip
    return {name: re.sub(r"\s+", " ", text) for name, text in found.items()}


def hold(drill: Practice) -> str:
    drill_id = drill.start()
    for sign in ("CV-01", "CV-13", "CV-13", "CV-13"):
        drill.instruct(drill.report(drill_id, items=[sign], answers={}))
    drill.phone.client.post(f"/drills/{drill_id}/opening")
    drill.report(drill_id)
    return str(drill_id)


def test_a_drill_changes_none_of_the_real_screens(drill: Practice, session: Session) -> None:
    before = screens(drill, session)
    drill_id = hold(drill)
    assert "訓-0001" in drill.desk.get("/desk").text
    assert len(before) > 25
    assert screens(drill, session) == before
    drill.clerk.post(f"/office/drills/{drill_id}/end")
    assert screens(drill, session) == before
    assert "訓-" not in "".join(before.values())


@pytest.mark.parametrize("copied", ["sqlite"], indirect=True)
def test_the_comparison_notices_a_real_report(drill: Practice, session: Session) -> None:
    before = screens(drill, session)
    drill.phone.put(drill.phone.envelope(items=["CV-09"], answers={}, device_seq=10))
    assert screens(drill, session) != before


def test_a_drill_writes_no_row_of_anything_real(drill: Practice, session: Session) -> None:
    before = rows(session)
    hold(drill)
    assert rows(session) == before


def test_three_quiet_reports_of_a_drill_make_no_real_one_more_urgent(
    drill: Practice, session: Session
) -> None:
    hold(drill)
    quiet = drill.phone.envelope(items=["CV-13"], answers={}, device_seq=10)
    assert drill.phone.put(quiet).status_code == 201
    report = session.get(Report, (drill.cast.town.here.network.id, UUID(quiet["report_id"])))
    assert report
    assert report.urgency == "info"


def rows(session: Session) -> dict[str, list[str]]:
    session.rollback()
    return {
        table.name: sorted(map(repr, session.execute(select(table))))  # type: ignore[call-overload]
        for table in SQLModel.metadata.sorted_tables
        if table.name not in ITS_OWN
    }


def test_later_tables_can_name_a_drill() -> None:
    """Its key is like any other: (network_id, id)."""
    assert list(Drill.__table__.primary_key.columns.keys()) == ["network_id", "id"]  # type: ignore[attr-defined]
