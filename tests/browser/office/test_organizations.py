"""The clerk adds a shop by hand and gives it badges: on a PC without script, and seen by axe."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


@only_sqlite
def test_a_shop_joins_gets_badges_and_leaves_without_script(people: People) -> None:
    clerk = people.clerk(java_script_enabled=False)
    page = clerk.page
    clerk.go("/office")
    page.get_by_role("link", name="団体を加える").click()
    page.get_by_label("団体名").fill("波止場商店")
    page.get_by_label("区分", exact=False).first.select_option("partner")
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_role("alert")).to_contain_text("日付を入れてください。")
    expect(page.get_by_label("団体名")).to_have_value("波止場商店")
    page.get_by_label("区分の日付").fill("2026-04-01")
    page.locator("#ground").select_option("commission")
    page.get_by_role("button", name="保存する").click()
    page.get_by_role("link", name="事業所を加える").click()
    page.locator("#industry").select_option("retail")
    page.get_by_role("button", name="保存する").click()
    page.get_by_role("link", name="名札を発行").click()
    page.get_by_label("枚数").fill("2")
    page.get_by_role("button", name="発行する").click()
    expect(page.locator("tbody tr")).to_have_count(2)

    clerk.go("/office?text=波止場")
    page.get_by_role("link", name="(団体と同じ)").click()
    page.get_by_role("link", name="この事業所を終了する").click()
    clerk.reads("名札 2枚が、すぐに止まります。")
    page.get_by_role("button", name="終了する").click()
    clerk.reads("名札は止まっています")


@only_sqlite
def test_the_offices_screens_are_seen_by_all(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    clerk = people.clerk()
    for name, path in SCREENS.items():
        clerk.go(path)
        audit.take(clerk.page, name)
    clerk.go("/office")
    clerk.page.locator("tbody th a").first.click()
    audit.take(clerk.page, "organization")
    clerk.page.locator("tbody th a").first.click()
    audit.take(clerk.page, "workplace")
    worker = people.worker()
    worker.go("/verify")
    worker.page.get_by_label("名札の番号").fill(worker.badge["number"])
    worker.page.get_by_role("button", name="確かめる").click()
    worker.reads("は有効です")
    audit.take(worker.page, "verify")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}


SCREENS = {
    "organizations": "/office",
    "organization_form": "/office/organizations/new",
    "secrecy": "/office/secrecy",
    "promise_form": "/office/secrecy/new",
    "issue_where": "/office/badges/new?text=マルミ",
    "validity": "/office/badges/validity?all=yes",
    "stopping": "/office/badges/stopping?all=yes",
}
