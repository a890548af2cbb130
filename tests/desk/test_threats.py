"""Following up a threat goes to somebody else by name; of two who press at once one wins."""

import re
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.alarms.models import Threat
from app.audit.models import AuditEntry
from app.staff.models import Staff
from tests.cast import Cast, Desk


@pytest.fixture
def report_id(cast: Cast) -> UUID:
    phone = cast.phone()
    report_id = phone.report()
    assert phone.client.post(f"/reports/{report_id}/threat").status_code == 303
    return report_id


def the_threat(session: Session) -> Threat:
    session.rollback()
    return session.exec(select(Threat)).one()


def form_of(page: str) -> tuple[str, str, list[str]]:
    """Its address, who has it, and to whom it can go."""
    action = re.findall(r'action="(/desk/threats/[^"]+/owner)"', page)[0]
    owner = re.findall(r'name="owner" value="([^"]*)"', page)[0]
    return action, owner, re.findall(r'name="to" value="([^"]+)"', page)


def named(session: Session, staff_id: str | UUID | None) -> str:
    return session.exec(select(Staff).where(Staff.id == UUID(str(staff_id)))).one().name


def test_it_goes_to_somebody_else_by_name(desk: Desk, report_id: UUID, session: Session) -> None:
    action, owner, people = form_of(desk.get("/desk/threats").text)
    assert owner not in people
    assert desk.post(action, owner=owner, to=people[0]).status_code == 303
    threat = the_threat(session)
    assert str(threat.assigned_to_id) == people[0]
    assert f"担当 {named(session, people[0])}" in desk.get("/desk/threats").text
    noted = session.exec(select(AuditEntry).where(AuditEntry.action == "threat.hand")).one()
    assert noted.details == {"from": owner, "to": people[0]}
    assert noted.object_id == str(report_id)


def test_the_second_of_two_reads_who_has_it(
    cast: Cast, desk: Desk, report_id: UUID, session: Session
) -> None:
    action, owner, people = form_of(desk.get("/desk/threats").text)
    desk.post(action, owner=owner, to=people[0])
    late = cast.staff("counsellor", 1).post(action, owner=owner, to=people[1])
    assert late.status_code == 409
    assert f"いまは{named(session, people[0])}さんが担当しています。" in late.text
    assert 'role="alert"' in late.text
    assert str(the_threat(session).assigned_to_id) == people[0]


def test_what_has_ended_goes_to_nobody(desk: Desk, report_id: UUID, session: Session) -> None:
    action, owner, people = form_of(desk.get("/desk/threats").text)
    desk.post(action.replace("/owner", "/outcome"), outcome="listened")
    late = desk.post(action, owner=owner, to=people[0])
    assert late.status_code == 409
    assert "この件は、もう終わっています。" in late.text
    assert str(the_threat(session).assigned_to_id) == owner


@pytest.mark.parametrize("to", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_only_a_colleague_can_get_it(
    desk: Desk, report_id: UUID, session: Session, to: str
) -> None:
    action, owner, _ = form_of(desk.get("/desk/threats").text)
    refused = desk.post(action, owner=owner, to=to)
    assert refused.status_code == 422
    assert "引き継ぐ人を選んでください。" in refused.text
    assert str(the_threat(session).assigned_to_id) == owner


def test_a_neighbour_finds_no_threat(cast: Cast, desk: Desk, report_id: UUID) -> None:
    action, owner, people = form_of(desk.get("/desk/threats").text)
    stranger = cast.stranger("counsellor")
    assert stranger.post(action, owner=owner, to=people[0]).status_code == 404
