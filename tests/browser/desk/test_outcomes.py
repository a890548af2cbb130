"""A counsellor picks what is said, ends a report and copies its key points; the worker reads it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People

pytestmark = pytest.mark.browser


def test_a_choice_reaches_the_words_and_a_closed_report_is_copied(
    people: People, tmp_path: Path
) -> None:
    audit = Audit(tmp_path)
    worker, counsellor = people.worker(), people.counsellor(0)
    report_id = worker.report_unseen()
    page = counsellor.page
    counsellor.go(f"/desk/reports/{report_id}")
    counsellor.compose("R15")
    page.select_option("#staff_label", "senior")
    expect(page.locator("#preview")).to_contain_text("主任")
    assert "主任" in page.input_value("#steps")
    audit.take(page, "composer")
    page.fill("#title", "店長さんと一緒に")
    expect(page.locator("#japanese-only")).to_be_visible()
    counsellor.go(f"/desk/reports/{report_id}")
    page.locator("[href$=closure]").click()
    audit.take(page, "closing")
    counsellor.go(f"/desk/reports/{report_id}")
    counsellor.close_with_thanks()
    expect(page.locator("#ending")).to_contain_text("助言")
    counsellor.go(f"/desk/reports/{report_id}/outcome")
    audit.take(page, "outcome")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    counsellor.go(f"/desk/reports/{report_id}/summary")
    audit.take(page, "summary")
    page.locator("[data-copy]").click()
    expect(page.locator("#copied")).to_have_text("写しました")
    assert "処理結果:助言" in page.evaluate("navigator.clipboard.readText()")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
