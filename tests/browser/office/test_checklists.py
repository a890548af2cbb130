"""One word changed, one item switched off, read by somebody else: the phone shows version 2."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]


def test_a_changed_word_reaches_the_phone_after_a_second_pair_of_eyes(
    people: People, tmp_path: Path
) -> None:
    """The clerk's PC runs no script; the counsellor's tablet does."""
    worker, audit = people.worker("insurance"), Audit(tmp_path)
    clerk = people.clerk(java_script_enabled=False)
    clerk.page.get_by_role("link", name="チェック項目").click()
    clerk.page.get_by_role("link", name="保険").click()
    clerk.page.get_by_role("button", name="下書きを始める").click()
    clerk.page.locator("#IN-01 a").click()
    clerk.page.fill("#text-ja", "**知らない会社**から電話が来た")
    clerk.page.get_by_role("button", name="下書きに入れる").click()
    clerk.page.get_by_role("button", name="使わない IN-02").click()
    sample = clerk.page.frame_locator("iframe")
    expect(sample.get_by_text("見本です。ここからは送れません。")).to_be_visible()
    expect(sample.get_by_text("知らない会社")).to_be_visible()
    clerk.page.get_by_role("button", name="確認を頼む").click()
    clerk.reads("確認待ち")

    counsellor = people.counsellor()
    counsellor.go("/office/checklists/insurance")
    audit.take(counsellor.page, "checklist")
    counsellor.page.get_by_role("link", name="変わるところを見る").click()
    counsellor.reads("使わなくなった")
    audit.take(counsellor.page, "differences")
    counsellor.page.get_by_role("button", name="確認して公開する").click()
    counsellor.reads("公開中:第2版")

    worker.scan()
    worker.reads("知らない会社")
    assert worker.page.locator("[name=version]").input_value() == "2"
    assert worker.page.locator("[name=item][value=IN-02]").count() == 0
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}


def test_the_pages_for_writing_are_for_everybody(people: People, tmp_path: Path) -> None:
    """In light and dark, and 320 px wide."""
    clerk, audit = people.clerk(), Audit(tmp_path)
    for name, home in {
        "item": "/office/checklists/newspaper/items/NP-01",
        "template": "/office/templates/R05",
    }.items():
        clerk.go(home.split("/items")[0].replace("/R05", ""))
        clerk.page.get_by_role("button", name="下書きを始める").click()
        clerk.reads("確認を頼む")
        audit.take(clerk.page, f"{name}_list")
        clerk.go(home)
        clerk.page.locator("textarea").first.fill("")
        clerk.page.get_by_role("button", name="下書きに入れる").click()
        clerk.reads("日本語は必ず入れてください。")
        audit.take(clerk.page, name)
    clerk.go("/office/checklists")
    audit.take(clerk.page, "checklists")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
