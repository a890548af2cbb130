"""Who signs in on many browsers is told in the newest ten; nobody makes us push to thousands."""

from typing import Any

import pytest

from tests.browser.rig.phone import Phone as Keys
from tests.cast import Cast, Desk
from tests.deliveries.phones import subscriptions

APPLE = "https://web.push.apple.com/"


@pytest.fixture
def sato(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def subscribe(desk: Desk, number: int) -> Any:
    keys = Keys()
    body = {
        "endpoint": f"{APPLE}{number}",
        "keys": {"p256dh": keys.p256dh, "auth": keys.auth},
    }
    answer = desk.client.put("/api/staff/subscription", json=body)
    assert answer.status_code == 204, answer.text


def live(cast: Cast) -> list[int]:
    found = [one for one in subscriptions(cast) if one.ended_at is None]
    return sorted(int(one.endpoint.removeprefix(APPLE)) for one in found)


def test_beyond_ten_browsers_the_oldest_ends(cast: Cast, sato: Desk) -> None:
    for number in range(25):
        subscribe(sato, number)
        cast.clock.advance(seconds=1)
    assert live(cast) == list(range(15, 25))
    assert {one.end_reason for one in subscriptions(cast) if one.ended_at} == {"too-many"}
    assert "10台で通知を受け取ります" in sato.get("/desk/duty").text


def test_a_browser_that_subscribes_again_stays_and_takes_no_second_place(
    cast: Cast, sato: Desk
) -> None:
    for number in range(10):
        subscribe(sato, number)
        cast.clock.advance(seconds=1)
    subscribe(sato, 0)
    assert live(cast) == list(range(10))
    subscribe(sato, 10)
    subscribe(sato, 0)
    assert live(cast) == [0, *range(2, 11)]


def test_the_browsers_of_others_are_left_alone(cast: Cast, sato: Desk) -> None:
    subscribe(cast.staff("counsellor", 1), 1000)
    for number in range(12):
        subscribe(sato, number)
    assert live(cast) == [*range(2, 12), 1000]
