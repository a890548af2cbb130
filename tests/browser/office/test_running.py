"""研修と試行 from a PC without script, and the survey on a phone that nobody signed in on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Clerk
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]
TODAY = "new Date().toISOString().slice(0, 10)"


def press(clerk: Clerk) -> None:
    clerk.page.locator("main button.pri").click()


def test_a_training_remembers_its_badges(people: People, tmp_path: Path) -> None:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/running")
    clerk.page.get_by_role("link", name="研修", exact=True).click()
    clerk.page.get_by_role("link", name="研修を加える").click()
    clerk.page.fill("[name=held_on]", "2026-11-10")
    clerk.page.fill("[name=place]", "公民館")
    press(clerk)
    clerk.page.fill("[name=numbers]", "A-0001、A-9999")
    press(clerk)
    expect(clerk.page.get_by_role("alert")).to_contain_text("A-9999")
    expect(clerk.page.locator("[name=numbers]")).to_have_value("A-0001、A-9999")
    clerk.page.fill("[name=numbers]", "A-0001")
    press(clerk)
    expect(clerk.page.locator("tbody tr")).to_have_count(1)


def test_a_pilot_is_answered_on_a_phone_and_counted(
    people: People, browser: Browser, tmp_path: Path
) -> None:
    audit = Audit(tmp_path / "wrong")
    clerk = people.clerk()
    clerk.go("/office/pilots/new")
    clerk.page.fill("[name=name]", "コンビニでの試行")
    clerk.page.fill("[name=begins_on]", clerk.page.evaluate(TODAY))
    clerk.page.fill("[name=ends_on]", "2199-12-31")
    press(clerk)
    clerk.page.fill("[name=text]", "マルミ")
    clerk.page.get_by_role("button", name="さがす").click()
    clerk.page.locator("form[action$='/workplaces'] button").first.click()
    audit.take(clerk.page, "pilot")
    address = clerk.page.get_by_role("link", name="回答の画面").first.get_attribute("href")
    pilot = clerk.page.url

    small = {"width": 390, "height": 844}
    phone = browser.new_context(viewport=small, locale="en", java_script_enabled=False).new_page()  # type: ignore[arg-type]
    phone.goto(str(address))
    phone.get_by_label("Always").check()
    phone.get_by_role("button", name="Send answers").click()
    expect(phone.get_by_role("status")).to_contain_text("Your answers have been received")
    phone.context.close()
    reader = browser.new_context(viewport=small, locale="ja-JP").new_page()  # type: ignore[arg-type]
    reader.goto(str(address))
    audit.take(reader, "survey")
    reader.context.close()

    clerk.page.goto(pilot)
    expect(clerk.page.locator("table").first).to_contain_text("1人")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
