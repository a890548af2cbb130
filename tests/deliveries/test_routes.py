"""Subscriptions are user input and later our target; receipts count only from recipients."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from app.badges.models import Device
from app.deliveries.models import Evidence
from tests.badges.records import ask_for_workplace_code, workplace_code
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.phones import PushedPhone, evidence, instruct, messages, subscriptions


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://169.254.169.254/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example#fcm.googleapis.com/",
        "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com/" + "x" * 800,
        "https://fcm.googleapis.com/\x00",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_is_no_push_service_is_refused(
    cast: Cast, phone: PushedPhone, endpoint: str
) -> None:
    answer = phone.subscribe(endpoint=endpoint)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert endpoint == "" or endpoint not in answer.text
    assert [one.endpoint for one in subscriptions(cast)] == [phone.endpoint]


@pytest.mark.parametrize(
    "keys",
    [{}, {"p256dh": "x", "auth": "y"}, {"p256dh": "B" * 87, "auth": "A" * 22}, None, "x"],
)
def test_keys_nobody_can_encrypt_with_are_refused(phone: PushedPhone, keys: object) -> None:
    assert phone.subscribe(keys=keys).status_code == 422


def test_the_well_known_push_services_are_accepted(phone: PushedPhone, cast: Cast) -> None:
    for endpoint in (
        "https://fcm.googleapis.com/fcm/send/a:b",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QK",
    ):
        assert phone.subscribe(endpoint=endpoint).status_code == 204
    live = [one.endpoint for one in subscriptions(cast) if one.ended_at is None]
    assert live == ["https://web.push.apple.com/QK"]


def test_a_new_subscription_replaces_the_old_and_the_old_can_come_back(
    phone: PushedPhone, cast: Cast
) -> None:
    old = phone.endpoint
    phone.subscribe(endpoint="https://web.push.apple.com/new")
    ended = {one.endpoint: one.end_reason for one in subscriptions(cast)}
    assert ended == {old: "replaced", "https://web.push.apple.com/new": ""}
    phone.subscribe()
    ended = {one.endpoint: one.end_reason for one in subscriptions(cast)}
    assert ended == {old: "", "https://web.push.apple.com/new": "replaced"}


def test_subscribing_again_keeps_one_row_with_the_newest_keys(
    phone: PushedPhone, cast: Cast
) -> None:
    keys = {"p256dh": phone.keys.p256dh, "auth": "A" * 22}
    assert phone.subscribe(keys=keys).status_code == 204
    assert phone.subscribe(keys=keys).status_code == 204
    (kept,) = subscriptions(cast)
    assert (kept.auth, kept.ended_at) == ("A" * 22, None)


def test_a_browser_that_became_another_phone_is_pushed_as_that_phone_only(
    phone: PushedPhone, cast: Cast, push_service: PushService
) -> None:
    other = PushedPhone(cast, push_service, cast.phone("finance"))
    other.endpoint = phone.endpoint
    assert other.subscribe().status_code == 204
    live = [one for one in subscriptions(cast) if one.ended_at is None]
    assert [one.endpoint for one in live] == [phone.endpoint]


def test_unsubscribing_ends_it_and_doing_so_twice_changes_nothing(
    phone: PushedPhone, cast: Cast
) -> None:
    for _ in range(2):
        assert phone.phone.client.delete("/api/subscription").status_code == 204
    assert subscriptions(cast)[0].end_reason == "by-phone"


def test_a_phone_without_an_inbox_gets_no_push_until_it_gives_the_code(
    cast: Cast, push_service: PushService
) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    bare = cast.phone()
    bare.pair()
    keys = {"p256dh": "x", "auth": "y"}
    answer = bare.client.put("/api/subscription", json={"endpoint": "https://x/", "keys": keys})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/forbidden")
    bare.pair(workplace_code=workplace_code(cast.app, bare.code))
    assert PushedPhone(cast, push_service, bare).endpoint


def test_every_network_has_a_push_key_of_its_own(cast: Cast) -> None:
    ours, theirs = cast.phone(), cast.stranger_phone()
    keys = set()
    for one in (ours, theirs):
        one.pair()
        keys.add(one.client.get("/api/push-key").json()["key"])
    assert len(keys) == 2
    assert cast.phone().client.get("/api/push-key").status_code == 401


def test_subscribing_shows_that_the_phone_is_alive(
    phone: PushedPhone, cast: Cast, session: Session
) -> None:
    cast.clock.advance(days=20)
    phone.subscribe()
    assert session.exec(select(Device)).one().last_heard_at == cast.clock.now


@pytest.fixture
def message_id(cast: Cast, phone: PushedPhone, work: Callable[[], int]) -> UUID:
    """A message that left for this phone."""
    instruct(cast, cast.staff("counsellor"), phone.report())
    work()
    return messages(cast)[0].id


def test_a_receipt_repeated_a_hundred_times_is_one_receipt(
    cast: Cast, phone: PushedPhone, session: Session, message_id: UUID
) -> None:
    first = cast.clock.now
    for _ in range(100):
        assert phone.receipt(message_id).status_code == 204
        cast.clock.advance(seconds=1)
    assert session.exec(select(Evidence)).one().at == first


@pytest.mark.parametrize("forger", ["same shop", "another network", "no cookie"])
def test_a_receipt_from_any_other_phone_is_not_believed(
    cast: Cast, push_service: PushService, forger: str, message_id: UUID
) -> None:
    phone = cast.stranger_phone() if forger == "another network" else cast.phone("conveni", 1)
    if forger != "no cookie":
        phone.pair()
    answer = phone.client.post(f"/api/messages/{message_id}/receipts", json={"kind": "delivered"})
    assert answer.status_code == (401 if forger == "no cookie" else 404)
    assert evidence(cast) == []


@pytest.mark.parametrize("kind", ["opened", "acknowledged", "accepted", "", None, 5])
def test_a_phone_can_only_say_that_it_was_delivered(
    cast: Cast, phone: PushedPhone, kind: object, message_id: UUID
) -> None:
    assert phone.receipt(message_id, kind=kind).status_code == 422
    assert phone.receipt(message_id, kind="delivered", at="2020-01-01").status_code == 422
    assert evidence(cast) == []


def test_a_receipt_for_nothing_is_not_found(phone: PushedPhone) -> None:
    assert phone.receipt(uuid4()).status_code == 404
