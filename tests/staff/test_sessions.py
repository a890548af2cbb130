import re
from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.staff.models import StaffSession
from tests.cast import Cast, Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import StandingClock


def newest(session: Session) -> UUID:
    session.rollback()
    sessions = select(StaffSession).order_by(col(StaffSession.id).desc())
    return next(iter(session.exec(sessions))).id


def listed(desk: Desk) -> list[str]:
    """Ids of the sessions that the account page can end."""
    return re.findall(r"/account/sessions/([0-9a-f-]+)/end", desk.get("/account").text)


@pytest.fixture
def other(cast: Cast, sato: Desk, clock: StandingClock) -> Desk:
    """佐藤 on a second machine."""
    clock.advance(hours=1)
    return cast.staff("counsellor")


def test_the_account_shows_where_one_is_signed_in(cast: Cast, sato: Desk, other: Desk) -> None:
    cast.staff("counsellor", 1)
    page = sato.get("/account").text
    assert len(listed(sato)) == 2
    assert re.findall(r"きょう \d\d:\d\d から", page) == ["きょう 15:05 から", "きょう 14:05 から"]
    assert re.findall(r"この端末</span>.*?(\d\d:\d\d) から", page, re.S) == ["14:05"]


def test_a_session_is_ended_from_another_machine(
    sato: Desk, other: Desk, session: Session, noted: Callable[[], list[str]]
) -> None:
    assert sato.post(f"/account/sessions/{newest(session)}/end").status_code == 303
    assert (is_signed_in(sato.client), is_signed_in(other.client)) == (True, False)
    assert len(listed(sato)) == 1
    assert noted()[-1] == "staff.session_end"


def test_ending_a_session_twice_is_noted_once(
    sato: Desk, other: Desk, session: Session, noted: Callable[[], list[str]]
) -> None:
    path = f"/account/sessions/{newest(session)}/end"
    assert [sato.post(path).status_code for _ in range(2)] == [303, 303]
    assert noted().count("staff.session_end") == 1


def test_ending_this_session_signs_out(sato: Desk, session: Session) -> None:
    sato.post(f"/account/sessions/{newest(session)}/end")
    assert not is_signed_in(sato.client)


def test_somebody_elses_session_is_not_found(cast: Cast, sato: Desk, session: Session) -> None:
    path = f"/account/sessions/{newest(session)}/end"
    for person in (cast.staff("counsellor", 1), cast.staff("clerk"), cast.stranger("counsellor")):
        assert person.post(path).status_code == 404
    assert is_signed_in(sato.client)


def test_signing_out_ends_the_session_on_the_server(sato: Desk) -> None:
    kept = sato.client.cookies["nafuda_staff"]
    sato.post("/sign-out")
    sato.client.cookies.set("nafuda_staff", kept)
    assert not is_signed_in(sato.client)


def test_a_session_lasts_twelve_hours(sato: Desk, clock: StandingClock) -> None:
    clock.advance(hours=12, seconds=-1)
    assert is_signed_in(sato.client)
    clock.advance(seconds=1)
    assert not is_signed_in(sato.client)


@pytest.mark.parametrize("role", ["counsellor", "supervisor", "clerk"])
def test_everybody_on_the_staff_has_an_account_page(cast: Cast, role: str) -> None:
    desk = cast.staff(role)
    page = desk.get("/account").text
    assert ('class="sd"' in page) is (role == "clerk")
    assert f"<dd>{cast.town.person(role).sign_in}</dd>" in page
    assert "style=" not in page


def test_an_account_page_is_nobody_elses(app: FastAPI, cast: Cast) -> None:
    assert cast.phone().client.get("/account").status_code == 401
