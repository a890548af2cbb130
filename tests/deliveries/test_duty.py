"""きょうは終わり: no sound before tomorrow morning; the inbox stays."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from app.badges.models import Device
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import PushedPhone, instruct

SEVEN = datetime(2026, 9, 24, 22, tzinfo=UTC)


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


def off(phone: PushedPhone) -> None:
    answer = phone.phone.client.post("/duty", data={"off": "yes"})
    assert answer.status_code == 303


def test_until_tomorrow_morning_nothing_is_pushed(
    cast: Cast, phone: PushedPhone, work: Callable[[], int], mail: MailRig
) -> None:
    desk, report_id = cast.staff("counsellor"), phone.report()
    off(phone)
    instruct(cast, desk, report_id, "R09")
    for _ in range(6):
        work()
        cast.clock.advance(seconds=10)
    cast.clock.advance(minutes=15)
    while work():
        pass
    assert phone.notifications() == []
    assert len(mail.inbox) == 1
    cast.clock.now = SEVEN
    for _ in range(6):
        work()
    assert len(phone.notifications()) == 1


def test_it_is_said_on_the_home_screen_and_can_be_taken_back(
    phone: PushedPhone, session: Session
) -> None:
    off(phone)
    page = phone.phone.client.get("/").text
    assert "きょうは終わりにしました。あす 07:00 まで通知しません。" in page
    phone.phone.client.post("/duty", data={})
    assert "きょうは終わり(通知を止める)" in phone.phone.client.get("/").text
    session.rollback()
    assert session.exec(select(Device)).one().off_duty_until is None


def test_whoever_reports_again_is_on_duty_again(phone: PushedPhone, session: Session) -> None:
    off(phone)
    phone.report()
    session.rollback()
    assert session.exec(select(Device)).one().off_duty_until is None
