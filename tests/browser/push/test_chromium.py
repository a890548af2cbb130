"""What the service worker does with a push, and when a person is asked, in Chromium."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, expect

from app.deliveries.payload import declarative_payload
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.phone.outbox import pages_are_cut_off

pytestmark = [pytest.mark.browser, only_sqlite]

COUNT_ASKING = """
window.asked = 0
Notification.requestPermission = async () => { window.asked += 1; return "denied" }
"""
SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({ title, body, tag, data }) => ({ title, body, tag, page: data.navigate }))"""


def registration_of(worker: Worker) -> tuple[CDPSession, str]:
    """A line to the browser, and its number for the page's service worker."""
    worker.page.evaluate("async () => { await navigator.serviceWorker.ready }")
    browser: CDPSession = worker.context.new_cdp_session(worker.page)
    found: list[dict[str, Any]] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated", lambda e: found.extend(e["registrations"])
    )
    browser.send("ServiceWorker.enable")
    while not found:
        worker.page.wait_for_timeout(50)
    return browser, found[0]["registrationId"]


def deliver(worker: Worker, payload: str) -> None:
    """As the push service would; a receipt comes back before this returns."""
    browser, registration = registration_of(worker)
    with worker.context.expect_event("response", lambda r: r.url.endswith("/receipts")) as receipt:
        browser.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": worker.server.base, "registrationId": registration, "data": payload},
        )
    assert receipt.value.status == 204


def test_a_push_shows_once_and_its_receipt_reaches_the_desk(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.context.grant_permissions(["notifications"], origin=worker.server.base)
    worker.report_something()
    page = worker.page.url
    counsellor.instruct(worker.report_id, "R07")
    name = worker.gets_instruction().get_attribute("data-instruction")
    receipt = f"{worker.server.base}/api/messages/{name}/receipts"
    payload = declarative_payload("つなぐ名札", "お願い", page, str(name), receipt, "ja").decode()
    expect(counsellor.rung("端末に届いた")).to_have_count(0)
    for _ in range(2):
        deliver(worker, payload)
    shown = worker.page.evaluate(SHOWN)
    assert shown == [{"title": "つなぐ名札", "body": "お願い", "tag": name, "page": page}]
    expect(counsellor.rung("端末に届いた")).to_be_visible()


def test_a_payload_nobody_can_read_still_shows_something(people: People) -> None:
    worker = people.worker()
    worker.context.grant_permissions(["notifications"], origin=worker.server.base)
    worker.report_something()
    browser, registration = registration_of(worker)
    message = {"origin": worker.server.base, "registrationId": registration, "data": "{"}
    browser.send("ServiceWorker.deliverPushMessage", message)
    for _ in range(100):
        if shown := worker.page.evaluate(SHOWN):
            break
        worker.page.wait_for_timeout(50)
    assert [one["title"] for one in shown] == ["つなぐ名札"]


def test_a_push_also_sends_what_waits(people: People) -> None:
    """The page's own tries are cut off; the service worker's are not."""
    worker = people.worker()
    worker.context.grant_permissions(["notifications"], origin=worker.server.base)
    worker.scan()
    worker.is_ready_for_no_network()
    pages_are_cut_off(worker)
    worker.tick(4)
    worker.promise()
    worker.send(waits=False)
    worker.reads("センターにつながりません")
    browser, registration = registration_of(worker)
    message = {"origin": worker.server.base, "registrationId": registration, "data": "{"}
    browser.send("ServiceWorker.deliverPushMessage", message)
    worker.arrives()


def test_nobody_is_asked_before_they_want_it(people: People) -> None:
    worker = people.worker()
    worker.context.add_init_script(COUNT_ASKING)
    worker.go("/")
    worker.report_something()
    worker.go("/")
    worker.go("/notifications")
    worker.reads("このような通知が届きます")
    assert worker.page.evaluate("window.asked") == 0
    worker.page.locator("#allow").click()
    worker.reads("通知が「許可しない」になっています")
    assert worker.page.evaluate("window.asked") == 1


def test_a_first_visit_says_nothing_of_notifications(people: People) -> None:
    worker = people.worker()
    worker.context.add_init_script(COUNT_ASKING)
    worker.scan()
    assert "通知" not in worker.page.locator("body").inner_text()
    worker.page.wait_for_timeout(1_000)
    assert worker.page.evaluate("window.asked") == 0
