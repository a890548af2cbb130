"""Addresses that somebody hopes we call: refused at the door, and again before anything is sent."""

import json
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from app.deliveries.models import OutboxItem, Subscription
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.hostile_endpoints import AUTH, ENDPOINTS, KEYS, KNOWN, NO_TEXT, POINT
from tests.deliveries.listeners import Listener
from tests.deliveries.phones import PushedPhone, instruct, subscriptions

GOOD_KEYS = {"p256dh": POINT, "auth": AUTH}
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def inside() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


def hostile(port: int) -> list[str]:
    return [one.replace("{port}", str(port)) for one in ENDPOINTS]


def answers_badly(client: TestClient, path: str, subscription: object) -> str:
    """What is wrong with the answer; nothing if it is a refusal in words that repeats nothing."""
    answer = client.put(
        path, content=json.dumps(subscription), headers={"Content-Type": "application/json"}
    )
    said = answer.json() if answer.content else {}
    if (answer.status_code, said.get("status")) != (422, 422):
        return f"{answer.status_code} for {str(subscription)[:80]}"
    if not said["title"].endswith("。") or len(answer.text) > 300 or "evil" in answer.text:
        return f"{answer.text[:80]} for {str(subscription)[:80]}"
    return ""


@pytest.mark.parametrize("who", ["phone", "counsellor"])
def test_nothing_hostile_is_kept_and_each_is_refused_in_words(
    cast: Cast, phone: PushedPhone, inside: Listener, who: str
) -> None:
    client = phone.phone.client if who == "phone" else cast.staff("counsellor").client
    path = "/api/subscription" if who == "phone" else "/api/staff/subscription"
    tried: list[Any] = [
        *({"endpoint": one, "keys": GOOD_KEYS} for one in [*hostile(inside.port), *NO_TEXT]),
        *({"endpoint": f"{KNOWN}/x", "keys": keys} for keys in KEYS),
        *([], None, "x", 1, {}, {"keys": GOOD_KEYS}),
    ]
    assert len(tried) >= 160
    assert [wrong for one in tried if (wrong := answers_badly(client, path, one))] == []
    assert [one.endpoint for one in subscriptions(cast)] == [phone.endpoint]
    assert inside.hits() == 0


def test_a_body_that_is_no_subscription_at_all_is_refused(phone: PushedPhone) -> None:
    for body in (b"", b"\xff\xfe", b"[" * 100_000, b'{"endpoint":', b"NaN", b"\x00"):
        answer = phone.phone.client.put("/api/subscription", content=body)
        assert answer.status_code == 422


def storable(endpoint: str) -> bool:
    """Whether both databases take it; what they don't was never a danger."""
    return len(endpoint) <= 800 and "\x00" not in endpoint and "\ud800" not in endpoint


def plant(session: Session, phone: PushedPhone, endpoints: list[str]) -> None:
    """As somebody who can write into the database would."""
    own = session.exec(select(Subscription)).one()
    fields = own.model_dump(exclude={"id", "endpoint"})
    session.add_all(Subscription(**fields, endpoint=endpoint) for endpoint in endpoints)
    session.commit()


def test_what_stands_in_the_database_is_checked_again_before_sending(
    cast: Cast, phone: PushedPhone, inside: Listener, session: Session, work: Callable[[], int]
) -> None:
    report_id = phone.report()
    planted = list(filter(storable, dict.fromkeys(hostile(inside.port))))
    plant(session, phone, planted)
    instruct(cast, cast.staff("counsellor"), report_id)
    while work():
        pass
    assert inside.hits() == 0
    assert len(phone.notifications()) == 1
    ended = {one.endpoint: one.end_reason for one in subscriptions(cast) if one.ended_at}
    assert ended == dict.fromkeys(planted, "refused")
    pushes = session.exec(select(OutboxItem).where(col(OutboxItem.kind).startswith("push"))).all()
    assert len(pushes) == len(planted) + 1
    assert {one.attempts for one in pushes} == {1}


def test_a_proxy_in_the_environment_is_not_used(
    cast: Cast,
    phone: PushedPhone,
    inside: Listener,
    work: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in PROXIES:
        monkeypatch.setenv(name, inside.origin)
    instruct(cast, cast.staff("counsellor"), phone.report())
    while work():
        pass
    assert inside.hits() == 0
    assert len(phone.notifications()) == 1


def test_a_push_service_that_sends_us_elsewhere_is_not_followed(
    cast: Cast,
    phone: PushedPhone,
    push_service: PushService,
    inside: Listener,
    work: Callable[[], int],
) -> None:
    desk = cast.staff("counsellor")
    for status in (301, 302, 303, 307, 308):
        push_service.fail_next(status, headers={"Location": f"{inside.origin}/wpush/v1/x"})
        instruct(cast, desk, phone.report())
        while work():
            pass
        assert push_service.log[-1].status == status
    assert inside.hits() == 0


def test_whoever_registers_another_phones_address_hears_nothing_and_its_owner_takes_it_back(
    cast: Cast, phone: PushedPhone, push_service: PushService, work: Callable[[], int]
) -> None:
    report_id, own = phone.report(), phone.keys
    thief = PushedPhone(cast, push_service, cast.phone("conveni", 1))
    thief.endpoint = phone.endpoint
    assert thief.subscribe().status_code == 204
    instruct(cast, cast.staff("counsellor"), report_id)
    while work():
        pass
    assert push_service.log == []
    said = {"permission": "granted", "platform": "other", "is_installed": False}
    opened = phone.phone.client.put("/api/device", json=said | {"endpoint": phone.endpoint})
    assert not opened.json()["is_known"]
    assert phone.subscribe().status_code == 204
    live = [one for one in subscriptions(cast) if one.ended_at is None]
    assert [(one.endpoint, one.p256dh) for one in live] == [(phone.endpoint, own.p256dh)]


def test_the_listener_does_hear_whoever_comes(inside: Listener) -> None:
    for host in ("127.0.0.1", "localhost"):
        socket.create_connection((host, inside.port)).close()
    assert inside.hits() == 2
    assert inside.hits() == 0
