"""Workplaces by hand, and what ending them or their organization stops."""

import re
from datetime import date

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.badges.models import Badge, Pairing
from app.organizations.models import Organization, Workplace
from tests.cast import Cast, Desk
from tests.office.test_organizations import BANK, listed, place_of


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def organization(clerk: Desk) -> str:
    """The address of one without workplaces."""
    return str(clerk.post("/office/organizations", **BANK).headers["location"])


def test_a_workplace_is_added_with_a_code_and_its_industry_stays(
    clerk: Desk, organization: str, session: Session
) -> None:
    wrong = clerk.post(f"{organization}/workplaces", name="本店", industry="", telephone="電話")
    assert wrong.status_code == 422
    answer = clerk.post(f"{organization}/workplaces", name="本店", industry="retail")
    path = answer.headers["location"]
    place = session.exec(
        select(Workplace).where(Workplace.name == "本店", Workplace.industry == "retail")
    ).one()
    assert re.fullmatch(r"[2-9A-Z]{6}", place.code)
    clerk.post(path, name="本店", industry="other")
    clerk.post(
        "/office/badges",
        workplace=str(place.id),
        count="1",
        kind="personal",
        valid_until="2027-03-31",
    )
    clerk.post(path, name="新本店", industry="conveni", email="shop@example.jp")
    session.rollback()
    session.refresh(place)
    assert (place.name, place.industry, place.email) == ("新本店", "other", "shop@example.jp")


def test_ending_a_workplace_says_what_stops_and_stops_it(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    phone = cast.phone()
    phone.report()
    workplace_id, _ = place_of(cast, app)
    path = f"/office/workplaces/{workplace_id}"
    before = session.exec(select(Badge).where(Badge.workplace_id == workplace_id)).all()
    page = clerk.get(f"{path}/end").text
    assert f"名札 {len(before)}枚が、すぐに止まります" in page
    session.rollback()
    assert not session.exec(select(Badge).where(Badge.state == "stopped")).all()
    for _ in "ab":
        assert clerk.post(f"{path}/end").status_code == 303
    session.rollback()
    stopped = session.exec(select(Badge).where(Badge.state == "stopped")).all()
    assert {one.id for one in stopped} == {one.id for one in before}
    assert {one.stop_reason for one in stopped} == {"ended"}
    assert not session.exec(select(Pairing).where(col(Pairing.ended_at).is_(None))).all()
    ends = select(AuditEntry).where(AuditEntry.action == "workplace.end")
    assert len(session.exec(ends).all()) == 1
    assert "終了しました" in clerk.get(path).text
    new = {"workplace": str(workplace_id), "count": "1", "kind": "personal"}
    assert clerk.post("/office/badges", valid_until="2027-03-31", **new).status_code == 409
    assert phone.put(phone.envelope()).status_code == 201


def test_ending_an_organization_ends_all_its_workplaces(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    _, organization_id = place_of(cast, app)
    path = f"/office/organizations/{organization_id}"
    clerk.post(f"{path}/end")
    places = session.exec(select(Workplace).where(Workplace.organization_id == organization_id))
    assert {one.ended_on for one in places.all()} == {date(2026, 9, 24)}
    assert "マルミ" not in listed(clerk)
    assert listed(clerk, only="ended") == ["マルミ"]
    assert clerk.post(f"{path}/workplaces", name="新店", industry="conveni").status_code == 409


def test_another_networks_places_are_not_there(clerk: Desk, cast: Cast, session: Session) -> None:
    network_id = cast.town.neighbour.id
    theirs = session.exec(select(Organization).where(Organization.network_id == network_id)).one()
    place = session.exec(select(Workplace).where(Workplace.network_id == network_id)).one()
    for path in (f"organizations/{theirs.id}", f"workplaces/{place.id}"):
        assert clerk.get(f"/office/{path}").status_code == 404
        assert clerk.post(f"/office/{path}", **BANK).status_code == 404
        assert clerk.post(f"/office/{path}/end").status_code == 404
        assert clerk.post(f"/office/{path}/contacts", name="青木").status_code == 404
