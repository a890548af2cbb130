import asyncio
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from app.clock import Clock, system_clock
from app.deliveries.web_push import (
    Outcome,
    PushAnswer,
    PushMessage,
    PushTarget,
    PushTransport,
    generate_vapid_keys,
)
from tests.browser.rig.phone import Phone
from tests.browser.rig.push_service import PushService
from tests.browser.rig.vapid import decoded

PRIVATE_PEM, PUBLIC_KEY = generate_vapid_keys()
CONTACT = "mailto:push@nafuda.example"
TEXT = "対応のお願いが届きました(1分で読めます)📮"
MESSAGE = PushMessage(TEXT.encode(), ttl=3600, urgency="high", topic="instruction-1")


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@dataclass
class Sender:
    """A subscribed phone and the transport that sends to it."""

    service: PushService
    phone: Phone
    target: PushTarget

    def sends(
        self,
        *messages: PushMessage,
        target: PushTarget | None = None,
        origins: tuple[str, ...] | None = None,
        per_host: int = 50,
        timeout_seconds: float = 10,
        clock: Clock = system_clock,
        private_pem: str = PRIVATE_PEM,
    ) -> list[PushAnswer]:
        transport = PushTransport(
            private_pem,
            CONTACT,
            (self.service.origin,) if origins is None else origins,
            per_host=per_host,
            timeout_seconds=timeout_seconds,
            clock=clock,
        )
        return asyncio.run(_all(transport, target or self.target, messages or (MESSAGE,)))


async def _all(
    transport: PushTransport, target: PushTarget, messages: tuple[PushMessage, ...]
) -> list[PushAnswer]:
    async with transport:
        return await asyncio.gather(*(transport.send(target, message) for message in messages))


@pytest.fixture
def sender(service: PushService) -> Sender:
    service.log.clear()
    phone = Phone()
    endpoint = service.subscribe(decoded(PUBLIC_KEY))
    return Sender(service, phone, PushTarget(endpoint, phone.p256dh, phone.auth))


def test_a_strict_push_service_accepts_and_the_phone_can_read(sender: Sender) -> None:
    assert sender.sends() == [PushAnswer(Outcome.ACCEPTED, 201)]
    post = sender.service.log[-1]
    assert sender.phone.opened(post.body).decode() == TEXT
    assert (post.headers["TTL"], post.headers["Urgency"]) == ("3600", "high")
    assert post.headers["Topic"] == "instruction-1"


def test_a_message_without_topic_names_none(sender: Sender) -> None:
    assert sender.sends(replace(MESSAGE, topic=None))[0].status == 201
    assert "Topic" not in sender.service.log[-1].headers


def test_the_address_is_posted_letter_by_letter(sender: Sender) -> None:
    odd = f"{sender.service.origin}/wpush/v1/a%2Fb%41:c==?token=%2b%3D"
    assert sender.sends(target=replace(sender.target, endpoint=odd))[0].status == 410
    assert sender.service.origin + sender.service.log[-1].path == odd


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ACCEPTED),
        (202, Outcome.ACCEPTED),
        (204, Outcome.LATER),
        (301, Outcome.REFUSED),
        (303, Outcome.REFUSED),
        (400, Outcome.REFUSED),
        (401, Outcome.REFUSED),
        (403, Outcome.REFUSED),
        (404, Outcome.GONE),
        (405, Outcome.REFUSED),
        (408, Outcome.LATER),
        (410, Outcome.GONE),
        (413, Outcome.TOO_LARGE),
        (429, Outcome.LATER),
        (500, Outcome.LATER),
        (503, Outcome.LATER),
        (599, Outcome.LATER),
    ],
)
def test_each_status_has_its_outcome(sender: Sender, status: int, outcome: Outcome) -> None:
    sender.service.fail_next(status)
    assert sender.sends() == [PushAnswer(outcome, status)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_never_followed(sender: Sender, status: int) -> None:
    inside = f"{sender.service.origin}/wpush/v1/inside"
    sender.service.fail_next(status, headers={"Location": inside})
    assert sender.sends() == [PushAnswer(Outcome.REFUSED, status)]
    assert len(sender.service.log) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("999999999", 999_999_999),
        (format_datetime(datetime(2030, 1, 1, 0, 1, 30, tzinfo=UTC), usegmt=True), 90),
        (format_datetime(datetime(2029, 1, 1, tzinfo=UTC), usegmt=True), 0),
        ("Tue, 01 Jan 2030 00:00:30 -0000", 30),
        ("-1", None),
        ("9" * 4999, None),
        ("soon", None),
        ("Tue, 99 Jan 2030 00:00:00 GMT", None),
        ("Tue, 01 Jan 2030 00:00:00 +9999999", None),
    ],
)
def test_the_time_to_wait_is_read(
    sender: Sender, status: int, header: str, seconds: int | None
) -> None:
    sender.service.fail_next(status, headers={"Retry-After": header})
    answers = sender.sends(clock=lambda: datetime(2030, 1, 1, tzinfo=UTC))
    assert answers == [PushAnswer(Outcome.LATER, status, seconds)]


def test_a_wait_is_told_only_where_another_try_helps(sender: Sender) -> None:
    sender.service.fail_next(410, headers={"Retry-After": "120"})
    assert sender.sends() == [PushAnswer(Outcome.GONE, 410)]


def test_a_subscription_made_with_another_key_is_refused(sender: Sender) -> None:
    other, _ = generate_vapid_keys()
    assert sender.sends(private_pem=other) == [PushAnswer(Outcome.REFUSED, 403)]


def test_too_large_a_message_is_told_apart(sender: Sender) -> None:
    answers = sender.sends(replace(MESSAGE, body=b"x" * 4200))
    assert answers == [PushAnswer(Outcome.TOO_LARGE, 413)]


def test_an_answer_that_does_not_come_means_later(sender: Sender) -> None:
    sender.service.answer_late(0.5)
    started = time.monotonic()
    assert sender.sends(timeout_seconds=0.1) == [PushAnswer(Outcome.LATER)]
    assert time.monotonic() - started < 0.4


def test_a_push_service_that_is_away_means_later(sender: Sender) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{unused.getsockname()[1]}"
        target = replace(sender.target, endpoint=f"{origin}/x")
        assert sender.sends(target=target, origins=(origin,)) == [PushAnswer(Outcome.LATER)]


def test_a_name_that_does_not_resolve_means_later(sender: Sender) -> None:
    origin = "https://nowhere.invalid"
    target = replace(sender.target, endpoint=f"{origin}/x")
    assert sender.sends(target=target, origins=(origin,)) == [PushAnswer(Outcome.LATER)]


def test_the_endpoint_is_checked_again_at_sending(sender: Sender) -> None:
    assert sender.sends(origins=()) == [PushAnswer(Outcome.REFUSED)]
    assert sender.service.log == []


def test_keys_that_cannot_encrypt_are_a_lost_phone_and_no_alarm(sender: Sender) -> None:
    target = replace(sender.target, p256dh="B" * 87)
    assert sender.sends(target=target) == [PushAnswer(Outcome.GONE)]
    assert sender.service.log == []


def test_one_push_service_gets_no_more_at_once_than_agreed(sender: Sender) -> None:
    sender.service.answer_late(0.1, times=6)
    started = time.monotonic()
    answers = sender.sends(*[replace(MESSAGE, topic=None)] * 6, per_host=2)
    assert {answer.status for answer in answers} == {201}
    assert time.monotonic() - started >= 0.3


def test_a_hanging_phone_does_not_stop_the_others(sender: Sender) -> None:
    sender.service.answer_late(3)
    answers = sender.sends(*[replace(MESSAGE, topic=None)] * 20, timeout_seconds=1.5)
    assert sorted(answer.outcome for answer in answers) == ["accepted"] * 19 + ["later"]


@pytest.mark.parametrize(
    "change",
    [
        {"body": b""},
        {"ttl": -1},
        {"ttl": 28 * 24 * 3600 + 1},
        {"urgency": "at once"},
        {"topic": ""},
        {"topic": "x" * 33},
        {"topic": "a b"},
        {"topic": "a\r\nHost: evil.example"},
        {"topic": "通知"},
    ],
)
def test_a_message_outside_the_protocol_cannot_be_made(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"push|urgency|topic"):
        replace(MESSAGE, **change)
