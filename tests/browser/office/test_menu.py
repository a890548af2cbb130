"""The office's menu on a narrow screen: folded away until it is asked for."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.people import PHONE
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


@only_sqlite
def test_a_phone_unfolds_the_menu_by_keyboard_and_without_script(
    people: People, tmp_path: Path
) -> None:
    clerk = people.clerk(java_script_enabled=False, viewport=PHONE)
    page, settings = clerk.page, clerk.page.get_by_role("link", name="設定", exact=True)
    page.goto(clerk.server.base + "/office/badges")
    expect(settings).to_be_hidden()
    assert page.locator("h1").bounding_box()["y"] < 120  # type: ignore[index]

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(settings).to_be_visible()
    settings.click()
    page.wait_for_url("**/office/settings")
    expect(settings).to_be_hidden()


@only_sqlite
def test_the_unfolded_menu_hides_nothing_from_anybody(people: People, tmp_path: Path) -> None:
    clerk, audit = people.clerk(viewport=PHONE), Audit(tmp_path / "wrong")
    audit.take(clerk.page, "folded")
    clerk.page.get_by_text("メニュー").click()
    audit.take(clerk.page, "unfolded")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
