"""A message goes from our transport into a real Firefox, is shown, confirmed and clicked."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.deliveries.web_push import (
    Outcome,
    PushAnswer,
    PushMessage,
    PushTarget,
    PushTransport,
    declarative_payload,
    generate_vapid_keys,
)
from tests.browser.rig.bidi import BiDiError
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.loop_thread import LoopThread
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.rig.web_server import serving
from tests.browser.sample_site import SampleSite

pytestmark = pytest.mark.browser

PRIVATE_PEM, PUBLIC_KEY = generate_vapid_keys()
TITLE = "つなぐ名札:対応のお願い"
TEXT = "至急:「専用画面」での入力をお願いします。髙橋﨑𠮷野家①〜🚪"


@dataclass
class Rig:
    service: PushService
    site: SampleSite
    origin: str
    firefox: Firefox
    thread: LoopThread
    transport: PushTransport

    def subscribe(self) -> PushTarget:
        self.firefox.set_permission(self.origin, "granted")
        self.firefox.goto(f"{self.origin}/")
        return target(self.firefox.evaluate(f"subscribe('{PUBLIC_KEY}')"))

    def send(self, to: PushTarget, name: str, text: str = TEXT, **options: Any) -> PushAnswer:
        """`name` is the receipt's, the page's and the notification's."""
        page, receipt = f"{self.origin}/{name}", f"{self.origin}/receipts/{name}"
        body = declarative_payload(TITLE, text, page, name, receipt, "ja")
        message = PushMessage(body, **{"ttl": 60, "urgency": "high", **options})
        return self.thread.call(self.transport.send(to, message))

    def receipt(self, name: str) -> Any:
        return awaited(lambda: self.site.receipts.get(name, []), 10, f"the receipt {name}")[0]


def target(subscription: Any) -> PushTarget:
    return PushTarget(subscription["endpoint"], **subscription["keys"])


def transport_to(service: PushService, private_pem: str) -> PushTransport:
    return PushTransport(private_pem, "mailto:push@nafuda.example", (service.origin,))


@pytest.fixture(scope="module")
def rig() -> Iterator[Rig]:
    site = SampleSite()
    with (
        PushService() as service,
        serving(site.app) as origin,
        Firefox(service.socket_url) as firefox,
        LoopThread() as thread,
        thread.holding(transport_to(service, PRIVATE_PEM)) as transport,
    ):
        yield Rig(service, site, origin, firefox, thread, transport)
        assert firefox.outside == []


@pytest.fixture
def phone(rig: Rig) -> PushTarget:
    return rig.subscribe()


@pytest.fixture
def name() -> str:
    return f"instruction-{uuid.uuid4().hex[:16]}"


def test_a_message_is_shown_as_written_and_its_receipt_comes_back(
    rig: Rig, phone: PushTarget, name: str
) -> None:
    assert rig.send(phone, name) == PushAnswer(Outcome.ACCEPTED, 201)
    assert rig.receipt(name) == {"title": TITLE, "body": TEXT}
    awaited(lambda: (TITLE, TEXT) in rig.firefox.notifications(), 5, "the notification")


def test_a_click_on_the_notification_opens_its_page(rig: Rig, phone: PushTarget, name: str) -> None:
    rig.send(phone, name)
    rig.receipt(name)
    rig.firefox.click_notification()
    rig.firefox.switch_to(f"/{name}")
    assert rig.firefox.wait_for("document.readyState === 'complete' && document.title")
    assert rig.firefox.evaluate("location.pathname") == f"/{name}"


def test_a_message_arrives_when_the_page_is_closed(rig: Rig, phone: PushTarget, name: str) -> None:
    rig.firefox.leave_site()
    rig.send(phone, name)
    assert rig.receipt(name)["body"] == TEXT


def test_a_phone_switched_on_again_gets_only_the_newest_word(
    rig: Rig, phone: PushTarget, name: str
) -> None:
    rig.service.offline(True)
    rig.send(phone, name, "古い", topic=name)
    rig.send(phone, name, "新しい", topic=name)
    rig.send(phone, f"{name}-now-or-never", ttl=0)
    rig.service.offline(False)
    rig.send(phone, f"{name}-last")
    rig.receipt(f"{name}-last")
    assert [receipt["body"] for receipt in rig.site.receipts[name]] == ["新しい"]
    assert f"{name}-now-or-never" not in rig.site.receipts


def test_a_message_sent_while_the_line_was_cut_arrives(
    rig: Rig, phone: PushTarget, name: str
) -> None:
    rig.service.drop()
    assert rig.send(phone, name).outcome is Outcome.ACCEPTED
    assert rig.receipt(name)["body"] == TEXT


def test_a_phone_whose_subscription_ended_subscribes_anew(
    rig: Rig, phone: PushTarget, name: str
) -> None:
    rig.site.renewed.clear()
    rig.service.drop(new_uaid=True)

    def standing() -> list[Any]:
        """Firefox may subscribe more than once while it finds out; what counts is what stands."""
        return [one for one in rig.site.renewed if rig.service.knows(one["endpoint"])]

    renewed = target(awaited(standing, 10, "a new subscription that stands")[-1])
    assert rig.send(phone, name) == PushAnswer(Outcome.GONE, 410)
    assert rig.send(renewed, name).outcome is Outcome.ACCEPTED
    assert rig.receipt(name)["body"] == TEXT


def test_a_phone_that_unsubscribed_is_gone(rig: Rig, phone: PushTarget, name: str) -> None:
    assert rig.firefox.evaluate("unsubscribe()") is True
    awaited(lambda: not rig.service.knows(phone.endpoint), 5, "the push service to hear")
    assert rig.send(phone, name) == PushAnswer(Outcome.GONE, 410)


def test_a_phone_that_forbids_notifications_cannot_subscribe(rig: Rig) -> None:
    rig.firefox.set_permission(rig.origin, "denied")
    rig.firefox.goto(f"{rig.origin}/")
    with pytest.raises(BiDiError, match="NotAllowedError"):
        rig.firefox.evaluate(f"subscribe('{PUBLIC_KEY}')")


@pytest.mark.parametrize(
    ("status", "headers", "answer"),
    [
        (404, {}, PushAnswer(Outcome.GONE, 404)),
        (410, {}, PushAnswer(Outcome.GONE, 410)),
        (429, {"Retry-After": "3"}, PushAnswer(Outcome.LATER, 429, 3)),
        (500, {}, PushAnswer(Outcome.LATER, 500)),
    ],
)
def test_a_message_that_failed_once_arrives_at_the_next_try(
    rig: Rig,
    phone: PushTarget,
    name: str,
    status: int,
    headers: dict[str, str],
    answer: PushAnswer,
) -> None:
    rig.service.fail_next(status, headers=headers)
    assert rig.send(phone, name) == answer
    assert name not in rig.site.receipts
    assert rig.send(phone, name).outcome is Outcome.ACCEPTED
    assert rig.receipt(name)["body"] == TEXT


def test_a_redirect_to_a_page_of_ours_is_not_followed(
    rig: Rig, phone: PushTarget, name: str
) -> None:
    inside = f"{rig.origin}/receipts/{name}"
    rig.service.fail_next(307, headers={"Location": inside})
    assert rig.send(phone, name) == PushAnswer(Outcome.REFUSED, 307)
    assert name not in rig.site.receipts


def test_another_sender_is_refused_by_the_subscription(rig: Rig, phone: PushTarget) -> None:
    other, _ = generate_vapid_keys()
    message = PushMessage(b"{}", ttl=60)
    with rig.thread.holding(transport_to(rig.service, other)) as stranger:
        answer = rig.thread.call(stranger.send(phone, message))
    assert answer == PushAnswer(Outcome.REFUSED, 403)


def test_a_page_is_clicked_and_pictured_at_the_size_of_a_phone(rig: Rig, tmp_path: Path) -> None:
    rig.firefox.goto(f"{rig.origin}/")
    rig.firefox.resize(390, 844)
    rig.firefox.evaluate("document.querySelector('h1').onclick = () => { document.title = '済' }")
    rig.firefox.click("h1")
    rig.firefox.wait_for("document.title === '済'")
    rig.firefox.screenshot(tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as picture:
        assert picture.size == (390, 844)
