"""From Safari into the app on the home screen: two browsers that share nothing."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from tests.browser.loop.keeping import KEPT
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.pictures.phone import IPHONE

pytestmark = [pytest.mark.browser, only_sqlite]


def start_address(safari: Worker) -> str:
    """Where the app will start that is installed from this page."""
    manifest = safari.page.locator("link[rel=manifest]").get_attribute("href")
    answer = safari.context.request.get(safari.server.base + str(manifest))
    return urljoin(safari.server.base, answer.json()["start_url"])


def pair(safari: Worker) -> None:
    safari.go(f"/b/{safari.code}/pairing")
    safari.page.check("[name=agreed_version]")
    safari.page.click("text=同意して はじめる")
    safari.reads("わたしの報告")


@pytest.mark.parametrize("script", [True, False])
def test_six_digits_are_carried_over(people: People, script: bool) -> None:
    safari = people.worker(user_agent=IPHONE, java_script_enabled=script)
    app = people.worker(user_agent=IPHONE, java_script_enabled=script)
    pair(safari)
    safari.go("/notifications")
    safari.page.click("text=引き継ぎ番号を出す")
    app.go("/")
    app.page.fill("#number", safari.page.locator(".num6 .big").inner_text())
    app.page.click("text=この名札で使う")
    app.reads("わたしの報告")
    app.reads(safari.badge["number"])


@pytest.mark.parametrize("script", [True, False])
def test_the_start_address_carries_the_badge_over_after_a_tap(people: People, script: bool) -> None:
    safari = people.worker(user_agent=IPHONE, java_script_enabled=script)
    app = people.worker(user_agent=IPHONE, java_script_enabled=script)
    pair(safari)
    address = start_address(safari)
    app.page.goto(address)
    app.reads(safari.badge["number"])
    app.page.click("text=この名札で使う")
    app.reads("わたしの報告")
    app.page.goto(address)
    app.reads("わたしの報告")


def test_the_app_starts_without_a_network_after_it_took_over(people: People) -> None:
    safari, app = people.worker(user_agent=IPHONE), people.worker(user_agent=IPHONE)
    pair(safari)
    address = start_address(safari)
    app.page.goto(address)
    app.page.click("text=この名札で使う")
    app.reads("わたしの報告")
    app.page.evaluate(KEPT, ["/"])
    app.context.set_offline(True)
    app.page.goto(address)
    app.reads("わたしの報告")
    app.reads(safari.badge["number"])
    assert re.search(r"\?handover=", app.page.url)


def test_an_installed_app_is_asked_for_notifications_at_once(people: People) -> None:
    app = people.worker(user_agent=IPHONE)
    pair(app)
    app.page.add_init_script("Object.defineProperty(navigator, 'standalone', { value: true })")
    app.go("/notifications")
    app.page.wait_for_url("**/notifications?app")
    expect(app.page.locator("#allow")).to_be_visible()
