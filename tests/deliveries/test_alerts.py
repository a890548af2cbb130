"""An urgent report that nobody takes reaches those on duty, then the supervisor; never at night."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.deliveries.models import OutboxItem, Subscription
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.staff_browsers import StaffBrowser

Work = Callable[[], int]
URGENT = {"items": ["CV-01"], "answers": {"still_here": "yes"}}


@pytest.fixture
def sato(cast: Cast, push_service: PushService) -> StaffBrowser:
    return StaffBrowser(cast.staff("counsellor"), push_service)


@pytest.fixture
def tanaka(cast: Cast, push_service: PushService) -> StaffBrowser:
    return StaffBrowser(cast.staff("counsellor", 1), push_service)


@pytest.fixture
def mori(cast: Cast, push_service: PushService) -> StaffBrowser:
    return StaffBrowser(cast.staff("supervisor"), push_service)


def wait(cast: Cast, work: Work, seconds: float) -> None:
    cast.clock.advance(seconds=seconds)
    while work():
        pass


def report(cast: Cast, work: Work, *, at_desk: bool = True) -> object:
    if at_desk:
        cast.staff("counsellor").post("/desk/presence")
    report_id = cast.phone().report(**URGENT)
    while work():
        pass
    return report_id


def test_after_a_minute_those_on_duty_are_told_and_nobody_else(
    cast: Cast, work: Work, sato: StaffBrowser, tanaka: StaffBrowser, mori: StaffBrowser
) -> None:
    tanaka.desk.post("/desk/duty", on="yes")
    report_id = report(cast, work)
    wait(cast, work, 59)
    assert tanaka.notifications() == []
    wait(cast, work, 1)
    (shown,) = tanaka.notifications()
    assert shown["title"] == "急ぎの報告"
    assert "K-0001" in shown["body"]
    assert shown["navigate"].endswith(f"/desk/reports/{report_id}")
    assert sato.notifications() == mori.notifications() == []


def test_with_nobody_on_duty_every_counsellor_is_told(
    cast: Cast, work: Work, sato: StaffBrowser, tanaka: StaffBrowser, mori: StaffBrowser
) -> None:
    report(cast, work)
    wait(cast, work, 60)
    assert len(sato.notifications()) == len(tanaka.notifications()) == 1
    assert mori.notifications() == []


def test_two_minutes_later_it_is_the_supervisor(
    cast: Cast, work: Work, sato: StaffBrowser, mori: StaffBrowser
) -> None:
    report(cast, work)
    wait(cast, work, 60)
    wait(cast, work, 119)
    assert mori.notifications() == []
    wait(cast, work, 1)
    assert len(mori.notifications()) == 1


def test_the_supervisor_is_told_at_once_if_no_counsellor_can_be(
    cast: Cast, work: Work, mori: StaffBrowser
) -> None:
    report(cast, work)
    wait(cast, work, 60)
    assert len(mori.notifications()) == 1


def test_with_nobody_at_the_desk_a_customer_at_the_counter_does_not_wait(
    cast: Cast, work: Work, sato: StaffBrowser, mori: StaffBrowser
) -> None:
    report(cast, work, at_desk=False)
    wait(cast, work, 0)
    assert len(sato.notifications()) == 1
    wait(cast, work, 120)
    assert len(mori.notifications()) == 1


def test_whoever_is_on_the_telephone_is_not_pushed_to(
    cast: Cast, work: Work, sato: StaffBrowser, tanaka: StaffBrowser
) -> None:
    sato.desk.post("/desk/on-call", on="yes")
    report(cast, work, at_desk=False)
    wait(cast, work, 0)
    assert len(tanaka.notifications()) == 1
    assert sato.notifications() == []


def test_with_everybody_on_the_telephone_it_is_the_supervisor_at_once(
    cast: Cast, work: Work, sato: StaffBrowser, mori: StaffBrowser
) -> None:
    sato.desk.post("/desk/on-call", on="yes")
    report(cast, work, at_desk=False)
    wait(cast, work, 0)
    assert len(mori.notifications()) == 1
    assert sato.notifications() == []


def test_a_report_that_was_taken_alarms_nobody(
    cast: Cast, work: Work, sato: StaffBrowser, mori: StaffBrowser
) -> None:
    report_id = report(cast, work)
    sato.desk.post(f"/desk/reports/{report_id}/claim")
    wait(cast, work, 60)
    wait(cast, work, 200)
    assert sato.notifications() == mori.notifications() == []


def test_one_that_is_not_urgent_alarms_nobody(cast: Cast, work: Work, sato: StaffBrowser) -> None:
    cast.phone().report(items=["CV-08"], answers={"still_here": "no"})
    wait(cast, work, 0)
    wait(cast, work, 300)
    assert sato.notifications() == []


def test_at_night_nobody_is_woken_and_in_the_morning_they_are_told(
    cast: Cast, work: Work, sato: StaffBrowser
) -> None:
    cast.clock.now = datetime(2026, 9, 24, 13, tzinfo=UTC)  # 22:00 in Tokyo
    report(cast, work)
    wait(cast, work, 60)
    assert sato.notifications() == []
    cast.clock.now = datetime(2026, 9, 25, 0, 0, 1, tzinfo=UTC)  # 9:00
    while work():
        pass
    assert len(sato.notifications()) == 1


def test_a_browser_that_was_given_up_ends_without_a_fallback_for_anybody(
    cast: Cast, work: Work, sato: StaffBrowser, session: Session
) -> None:
    sato.service.fail_next(410)
    report(cast, work)
    wait(cast, work, 60)
    wait(cast, work, 60)
    session.rollback()
    assert session.exec(select(Subscription)).one().end_reason == "gone"
    waiting = session.exec(select(OutboxItem).where(OutboxItem.kind == "message.fall_back"))
    assert {one.outcome for one in waiting} <= {"not-needed"}


def test_notifications_can_be_stopped_on_all_browsers(
    cast: Cast, work: Work, sato: StaffBrowser
) -> None:
    assert "1台で通知を受け取ります" in sato.desk.get("/desk/duty").text
    assert sato.desk.post("/api/staff/subscription/end").status_code == 303
    assert "通知を受け取る端末がありません" in sato.desk.get("/desk/duty").text
    report(cast, work)
    wait(cast, work, 60)
    assert sato.notifications() == []


def test_duty_ends_when_the_centre_closes(cast: Cast) -> None:
    desk = cast.staff("counsellor")
    desk.post("/desk/duty", on="yes")
    page = desk.get("/desk/duty").text
    assert "佐藤" in page
    assert "きょう 16:30 まで" in page
    desk.post("/desk/duty")
    assert "だれも当番に入っていません" in desk.get("/desk/duty").text


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:9/x", "https://evil.example/x", "https://fcm.googleapis.com.evil.example/x"],
)
def test_a_browser_elsewhere_is_not_taken(
    cast: Cast, sato: StaffBrowser, endpoint: str, session: Session
) -> None:
    keys = {"p256dh": sato.keys.p256dh, "auth": sato.keys.auth}
    told = {"endpoint": endpoint, "keys": keys}
    assert sato.desk.client.put("/api/staff/subscription", json=told).status_code == 422
    session.rollback()
    assert len(session.exec(select(Subscription)).all()) == 1
