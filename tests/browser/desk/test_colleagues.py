"""Two counsellors give work to each other, and see that the other one writes."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Counsellor
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]


def claim(counsellor: Counsellor, report_id: str) -> None:
    counsellor.go(f"/desk/reports/{report_id}")
    counsellor.page.locator("#detail [action$=claim] button").first.click()
    counsellor.page.locator("[action$=release]").wait_for()


def test_what_is_handed_over_stands_there_until_the_other_opens_it(
    people: People, tmp_path: Path
) -> None:
    audit = Audit(tmp_path / "wrong")
    report_id = people.worker().report_unseen()
    sato, tanaka = people.counsellor(0), people.counsellor(1)
    tanaka.go("/desk")
    claim(sato, report_id)
    sato.page.locator("a[href$=handover]").click()
    sato.page.get_by_label("田中さん").check()
    sato.page.fill("#note", "15時に電話の約束")
    audit.both(sato.page, "handover")
    sato.page.locator("button.pri").click()
    row = tanaka.page.locator(f"#inbox a[href*='{report_id}']")
    expect(row).to_contain_text("引き継がれました(佐藤さんから)", timeout=5_000)
    row.click()
    expect(tanaka.page.locator("#claim")).to_contain_text("15時に電話の約束")
    expect(row).not_to_contain_text("引き継がれました", timeout=5_000)
    audit.both(tanaka.page, "moved")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}


def test_the_other_desk_sees_who_writes_and_that_it_is_over(people: People) -> None:
    report_id = people.worker().report_unseen()
    sato, tanaka = people.counsellor(0), people.counsellor(1)
    tanaka.go(f"/desk/reports/{report_id}")
    sato.go(f"/desk/reports/{report_id}")
    sato.compose("R05")
    sato.page.locator("#title").press_sequentially("あ")
    expect(tanaka.page.locator("#writing")).to_have_text("佐藤さんが書いています", timeout=5_000)
    sato.send()
    expect(tanaka.page.locator("#writing")).to_have_count(0, timeout=5_000)


def test_the_day_is_handed_over_without_a_script(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    report_id = people.worker().report_unseen()
    sato = people.counsellor(0, java_script_enabled=False)
    claim(sato, report_id)
    expect(sato.page.get_by_role("button", name="担当を続ける")).to_be_visible()
    sato.go("/desk/day")
    sato.page.get_by_label("田中さん").check()
    sato.page.fill("#note", "あすの朝に確かめてください")
    sato.page.locator("#relay button").click()
    sato.reads("あなたの担当は、いまありません")
    tanaka = people.counsellor(1)
    tanaka.reads("佐藤さんからの申し送り")
    audit.both(tanaka.page, "relay")
    tanaka.page.get_by_role("button", name="受け取りました").click()
    tanaka.page.wait_for_selector("#inbox")
    tanaka.go("/desk/day")
    audit.both(tanaka.page, "day")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
