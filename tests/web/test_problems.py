"""What a reader is told when something can't be done: the staff beside their work, others beside
the numbers to call."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from app.badges.models import Badge
from app.db import Database, is_twin
from app.trainings.models import Attendance
from tests.cast import Cast
from tests.towns import StandingClock

HELD = {"held_on": "2026-09-01", "place": "公民館", "audience": "コンビニ"}

NOTHING_TICKED = "名札に✓してから、押してください。"


def test_the_office_is_led_back_to_the_page_it_came_from(cast: Cast) -> None:
    clerk = cast.staff("clerk")
    came = {"referer": "http://testserver/office/badges?state=issued&text=%E9%A7%85"}
    page = clerk.client.post(
        "/office/badges/validity", data={"valid_until": "2027-03-31"}, headers=came
    )
    assert page.status_code == 422
    assert NOTHING_TICKED in page.text
    assert 'href="/office/badges?state=issued&amp;text=%E9%A7%85"' in page.text
    assert "何も変えていません" in page.text
    assert "110" not in page.text


def test_no_stranger_decides_where_back_leads(cast: Cast) -> None:
    clerk = cast.staff("clerk")
    for came in ("https://example.com/office/badges", "http://testserver//example.com", "http://["):
        page = clerk.client.post("/office/badges/sheet", headers={"referer": came})
        assert page.status_code == 422
        assert "example.com" not in page.text
        assert 'href="/office"' in page.text


def test_who_may_not_enter_is_led_to_their_account(cast: Cast) -> None:
    page = cast.staff("counsellor").get("/office/settings")
    assert page.status_code == 403
    assert 'href="/account"' in page.text


def test_the_desk_is_led_to_its_inbox(cast: Cast) -> None:
    page = cast.staff("counsellor").get("/desk/nothing-here")
    assert page.status_code == 404
    assert 'href="/desk"' in page.text


def test_workers_find_the_numbers_to_call(cast: Cast) -> None:
    page = cast.phone().client.get("/nothing-here")
    assert page.status_code == 404
    assert "110" in page.text


def test_two_who_save_the_same_at_once_are_told_so(
    cast: Cast, app: FastAPI, clock: StandingClock
) -> None:
    database: Database = app.state.database
    clerk = cast.staff("clerk")
    path = clerk.post("/office/trainings", **HELD).headers["location"]
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            badge = session.exec(select(Badge)).first()
            assert badge
            training_id = UUID(path.rsplit("/", 1)[1])
            row = {"training_id": training_id, "badge_id": badge.id, "recorded_at": clock()}
            session.add(Attendance(network_id=badge.network_id, **row))
            session.flush()
            late = pool.submit(clerk.post, f"{path}/attendances", numbers=badge.number)
            with pytest.raises(TimeoutError):
                late.result(0.5)
        answer = late.result(30)
    if database.is_sqlite:
        # One writer at a time: the second one reads what the first one wrote.
        assert answer.status_code == 303
    else:
        assert answer.status_code == 409
        assert "同じものが先に保存されました" in answer.text
    with database.reading() as session:
        assert len(session.exec(select(Attendance)).all()) == 1


@pytest.mark.parametrize(("values", "is_one"), [("0, 1", True), ("1, NULL", False)])
def test_only_a_twin_is_a_twin(app: FastAPI, values: str, is_one: bool) -> None:
    """Another constraint that breaks is our mistake, and must not be hidden as a conflict."""
    with app.state.database.writing() as session:
        run = session.connection().exec_driver_sql
        run("CREATE TEMPORARY TABLE pair (a INT PRIMARY KEY, b INT NOT NULL)")
        run("INSERT INTO pair VALUES (0, 0)")
        with pytest.raises(IntegrityError) as refused:
            run(f"INSERT INTO pair VALUES ({values})")
        assert is_twin(refused.value) is is_one
        session.rollback()
