"""When push services say that we are wrong: nothing is lost, and one push at a time tries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.deliveries.models import OutboxItem, PushCircuit
from tests.browser.rig.push_service import PushService
from tests.cast import Cast, Desk
from tests.deliveries.phones import PushedPhone, evidence, instruct, subscriptions

Work = Callable[[], int]
PLACES = [("conveni", 0), ("post", 0), ("finance", 0), ("delivery", 0)]


@pytest.fixture
def phones(cast: Cast, push_service: PushService) -> list[PushedPhone]:
    return [PushedPhone(cast, push_service, cast.phone(*place)) for place in PLACES]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def send_to(cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone]) -> None:
    """One after the other, an instruction without a deadline soon."""
    for phone in phones:
        instruct(cast, desk, phone.report(), "R09")
        work()
        work()


def the_circuit(session: Session) -> PushCircuit:
    session.rollback()
    return session.exec(select(PushCircuit)).one()


@pytest.mark.parametrize("status", [400, 401, 403])
def test_three_phones_refused_in_a_row_open_the_circuit_and_lose_nothing(
    cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone], session: Session, status: int
) -> None:
    phones[0].service.fail_next(status, times=3)
    send_to(cast, desk, work, phones[:3])
    circuit = the_circuit(session)
    assert (circuit.refusals, circuit.status) == (3, status)
    assert circuit.opened_at
    assert all(one.ended_at is None for one in subscriptions(cast))
    send_to(cast, desk, work, phones[3:])
    assert phones[3].notifications() == []  # held, not tried
    for _ in range(8):
        cast.clock.advance(seconds=30)
        work()
    assert [len(phone.notifications()) for phone in phones] == [1, 1, 1, 1]
    assert the_circuit(session).opened_at is None


def test_one_at_a_time_tries_an_open_circuit(
    cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone], session: Session
) -> None:
    phones[0].service.fail_next(403, times=4)
    send_to(cast, desk, work, phones)
    asked = len(phones[0].service.log)
    cast.clock.now = the_circuit(session).retry_at
    work()
    assert len(phones[0].service.log) <= asked + 1


def test_one_phone_that_is_refused_stops_no_other_and_subscribes_anew(
    cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone], session: Session
) -> None:
    refused, other = phones[:2]
    refused.service.fail_next(403)
    send_to(cast, desk, work, [refused])
    for _ in range(2):
        refused.service.fail_next(403)
        cast.clock.advance(minutes=1)
        work()
    send_to(cast, desk, work, [other])
    assert len(other.notifications()) == 1
    ended = {one.device_id: one.end_reason for one in subscriptions(cast) if one.ended_at}
    assert list(ended.values()) == ["refused"]
    told = refused.phone.client.put("/api/device", json=state(refused))
    assert told.json()["is_known"] is False


def state(phone: PushedPhone, **changes: object) -> dict[str, object]:
    return {
        "permission": "granted",
        "platform": "android",
        "is_installed": False,
        "endpoint": phone.endpoint,
    } | changes


def test_what_is_too_large_goes_smaller(
    cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone]
) -> None:
    phones[0].service.fail_next(413)
    send_to(cast, desk, work, phones[:1])
    (shown,) = phones[0].notifications()
    assert shown["body"] == ""
    assert "K-0001" in shown["title"]
    assert evidence(cast) == ["accepted"]


def test_a_redirect_is_not_followed(
    cast: Cast, desk: Desk, work: Work, phones: list[PushedPhone], session: Session
) -> None:
    phones[0].service.fail_next(307, headers={"Location": "http://127.0.0.1:9/"})
    send_to(cast, desk, work, phones[:1])
    item = session.exec(select(OutboxItem).where(OutboxItem.kind == "push")).one()
    assert item.outcome == "refused"
    assert item.done_at
    assert item.due_at <= cast.clock.now + timedelta(seconds=1)
