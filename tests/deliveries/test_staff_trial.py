"""試しの通知 to the clerk's own browser: its worker's word counts, and no report is ever told."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.deliveries.models import Subscription
from app.staff.models import Staff
from tests.browser.rig.push_service import PushService
from tests.cast import Cast, Desk
from tests.deliveries.staff_browsers import StaffBrowser

Work = Callable[[], int]
TRIAL = "/office/settings/trial-push"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def browser(clerk: Desk, push_service: PushService) -> StaffBrowser:
    return StaffBrowser(clerk, push_service, owner="/api/trial")


def state(desk: Desk) -> str:
    return str(desk.get("/api/trial").json()["state"])


def told(desk: Desk, address: str) -> int:
    path = address.removeprefix("http://localhost:8000")
    return int(desk.client.post(path, json={"kind": "delivered"}).status_code)


def test_it_arrived_only_once_the_worker_says_so(
    clerk: Desk, browser: StaffBrowser, work: Work
) -> None:
    assert state(clerk) == "never"
    assert clerk.post(TRIAL, back="setup").headers["location"] == "/setup/contact"
    work()
    (shown,) = browser.notifications()
    assert "試しの通知です" in shown["body"]
    assert state(clerk) == "waiting"
    assert "まだ届いていません" in clerk.get("/office/settings").text
    assert told(clerk, shown["data"]["receipt"]) == 204
    assert state(clerk) == "arrived"
    page = clerk.get("/office/settings").text
    assert "このブラウザーに届きました(" in page
    assert "まだ届いていません" not in page


def test_what_is_lost_is_said_after_ten_minutes(
    clerk: Desk, browser: StaffBrowser, cast: Cast
) -> None:
    clerk.post(TRIAL)
    cast.clock.advance(minutes=10)
    assert state(clerk) == "lost"
    assert "まだ届いていません" in clerk.get("/setup/contact").text


def test_the_browser_is_forgotten_once_it_arrived(
    clerk: Desk, browser: StaffBrowser, work: Work, session: Session
) -> None:
    clerk.post(TRIAL)
    work()
    told(clerk, browser.notifications()[0]["data"]["receipt"])
    (mine,) = session.exec(select(Subscription)).all()
    assert (mine.end_reason, mine.ended_at is None) == ("tried", False)


def test_pressed_twice_it_stays_one(clerk: Desk, browser: StaffBrowser, work: Work) -> None:
    assert [clerk.post(TRIAL).status_code for _ in range(2)] == [303, 303]
    work()
    assert len(browser.notifications()) == 1


def test_without_a_browser_that_agreed_nothing_is_sent(clerk: Desk) -> None:
    answer = clerk.post(TRIAL)
    assert answer.status_code == 409
    assert state(clerk) == "never"


def test_only_the_one_who_asked_may_say_it_came(
    clerk: Desk, browser: StaffBrowser, work: Work, cast: Cast
) -> None:
    clerk.post(TRIAL)
    work()
    receipt = browser.notifications()[0]["data"]["receipt"]
    assert told(cast.stranger("clerk"), receipt) == 404
    assert told(cast.staff("counsellor"), receipt) == 403
    assert state(clerk) == "waiting"


def test_an_urgent_report_never_reaches_a_clerk(
    clerk: Desk, browser: StaffBrowser, work: Work, cast: Cast, app: FastAPI
) -> None:
    """Not even one who was a counsellor on duty a minute ago."""
    with app.state.database.writing() as session:
        me = session.exec(select(Staff).where(Staff.sign_in == "hayashi")).one()
        me.on_duty_until = cast.clock().replace(hour=23)
    cast.phone().report(items=["CV-01"], answers={"still_here": "yes"})
    for _ in range(4):
        cast.clock.advance(seconds=90)
        work()
    assert browser.notifications() == []
