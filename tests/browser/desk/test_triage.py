"""Two counsellors keep up: keys that can be switched off, a search without script, cases as one."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


@only_sqlite
def test_keys_lead_through_the_list_and_can_be_switched_off(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    own = worker.report_unseen()
    worker.report_unseen()
    page, focused = counsellor.page, "document.activeElement.id"
    counsellor.go("/desk")
    rows = page.locator("#inbox .cl a[id]")
    page.keyboard.press("j")
    assert page.evaluate(focused) == rows.nth(0).get_attribute("id")
    page.keyboard.press("j")
    assert page.evaluate(focused) == rows.nth(1).get_attribute("id")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/**")
    page.keyboard.press("/")
    page.keyboard.type("tr?")
    expect(page.locator("#q")).to_have_value("tr?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("#detail h2").click()
    page.keyboard.press("?")
    page.locator("#keys input").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.locator("#detail h2").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("#search summary").click()
    page.locator("#show-keys").click()
    page.locator("#keys input").check()
    page.keyboard.press("Escape")
    counsellor.go(f"/desk/reports/{own}")
    page.locator("#detail h2").click()
    page.keyboard.press("r")
    page.wait_for_selector("#composer")


@only_sqlite
def test_a_search_works_without_a_script_and_every_screen_is_read_by_all(
    people: People, tmp_path: Path
) -> None:
    worker = people.worker()
    report_id = worker.report_unseen()
    plain = people.counsellor(java_script_enabled=False)
    plain.go("/desk")
    plain.search(worker.badge["workplace"])
    assert plain.page.locator(f"#row-{report_id}").count() == 1
    audit = Audit(tmp_path)
    counsellor = people.counsellor()
    counsellor.go("/desk?industry=conveni&since=x")
    audit.take(counsellor.page, "search")
    counsellor.go(f"/desk/reports/{report_id}")
    audit.take(counsellor.page, "report")
    counsellor.page.keyboard.press("?")
    audit.take(counsellor.page, "keys")
    counsellor.page.keyboard.press("Escape")
    counsellor.page.locator("#around a[href^='/desk/workplaces']").click()
    audit.take(counsellor.page, "workplace")
    assert audit.wrong == {kind: [] for kind in audit.wrong}
