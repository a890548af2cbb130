"""Nobody is there: who saw no screen after sending is told by push, at a time when it is true."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from app.deliveries.models import Message
from app.networks.models import Network
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.phones import PushedPhone

AN_HOUR_AGO = timedelta(hours=1)


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


@pytest.fixture
def closed(app: Any) -> None:
    """For good."""
    with app.state.database.writing() as session:
        for network in session.exec(select(Network)):
            network.hours = {"weekly": {}}


def report(phone: PushedPhone, written: timedelta = AN_HOUR_AGO) -> str:
    at = phone.cast.clock.now - written
    envelope = phone.phone.envelope(client_at=at.isoformat())
    assert phone.phone.put(envelope).status_code == 201
    return str(envelope["report_id"])


@pytest.mark.usefixtures("closed")
def test_a_report_that_sent_itself_is_answered_by_push(
    phone: PushedPhone, work: Callable[[], int]
) -> None:
    report_id = report(phone)
    work()
    work()
    (shown,) = phone.notifications()
    assert "閉庁時間" in shown["body"]
    assert shown["navigate"].endswith(f"/reports/{report_id}")


@pytest.mark.usefixtures("closed")
def test_who_has_just_sent_reads_it_on_the_screen(
    phone: PushedPhone, work: Callable[[], int], session: Session
) -> None:
    report(phone, timedelta(seconds=20))
    work()
    assert session.exec(select(Message)).all() == []


def test_while_the_centre_is_open_nothing_is_pushed(
    phone: PushedPhone, work: Callable[[], int], session: Session
) -> None:
    report(phone)
    work()
    assert session.exec(select(Message)).all() == []


@pytest.mark.usefixtures("closed")
def test_off_duty_nothing_is_pushed_and_nothing_later_either(
    phone: PushedPhone, work: Callable[[], int], session: Session
) -> None:
    report(phone)
    phone.phone.client.post("/duty", data={"off": "yes"})
    work()
    assert session.exec(select(Message)).all() == []
