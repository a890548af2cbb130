"""A customer at the counter rings at two desks; one takes it, and the worker sees that."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]
LIVE = 2_000


def reports_at_counter(worker: Worker) -> str:
    worker.scan()
    worker.tick(0)
    worker.here("yes")
    worker.promise()
    worker.send()
    return worker.report_id


def bar_of(counsellor: Counsellor, report_id: str) -> Locator:
    return counsellor.page.locator(f"#ring-{report_id}")


def test_two_desks_ring_and_one_that_takes_it_silences_both(people: People) -> None:
    worker, sato, tanaka = people.worker(), people.counsellor(), people.counsellor(1)
    sato.page.locator("button[data-sound]").click()
    tanaka.go("/desk/done")
    for desk in (sato, tanaka):
        desk.stays()
    report_id = reports_at_counter(worker)
    for desk in (sato, tanaka):
        expect(bar_of(desk, report_id)).to_be_visible(timeout=LIVE)
        assert desk.has_stayed
    expect(worker.page.locator("#calling")).to_be_visible()
    assert sato.page.evaluate("document.documentElement.dataset.sound") == "on"
    assert tanaka.page.evaluate("document.documentElement.dataset.sound") == "off"
    bar_of(sato, report_id).locator("[action$=claim] button").click()
    sato.page.locator("[action$=release]").wait_for()
    expect(bar_of(tanaka, report_id)).to_have_count(0, timeout=LIVE)
    seen = worker.page.locator("#at-counter").get_by_text("相談員が見ています")
    expect(seen).to_be_visible(timeout=LIVE)
    sato.page.locator("#talk [value=manager]").click()
    expect(worker.page.locator("#cue")).to_contain_text("店長に代わってください", timeout=LIVE)
    worker.page.locator("#replies [value=yes]").click()
    expect(sato.page.locator(".talk .till")).to_contain_text("はい", timeout=LIVE)


def test_what_is_typed_to_the_till_stays_when_something_arrives(people: People) -> None:
    worker, sato = people.worker(), people.counsellor()
    report_id = reports_at_counter(worker)
    sato.go(f"/desk/reports/{report_id}")
    sato.page.fill("#line", "奥の席へ")
    expect(worker.page.get_by_text("相談員が見ています")).to_be_visible(timeout=LIVE)
    worker.page.locator("#replies [value=gone]").click()
    expect(sato.page.locator(".talk .till")).to_contain_text("もういません", timeout=LIVE)
    expect(sato.page.locator("#line")).to_have_value("奥の席へ")
    expect(bar_of(sato, report_id)).to_have_count(0)


def test_without_a_script_it_is_taken_and_answered(people: People) -> None:
    worker = people.worker(java_script_enabled=False)
    sato = people.counsellor(java_script_enabled=False)
    worker.scan()
    worker.tick(0)
    worker.here("yes")
    worker.promise()
    worker.press_send()
    worker.page.wait_for_url("**/reports/**")
    sato.go("/desk/duty")
    bar_of(sato, worker.report_id).locator("[action$=watch] button").click()
    expect(sato.page.locator("#watchers")).to_contain_text("佐藤")
    worker.page.reload()
    worker.reads("相談員が見ています")
    sato.page.fill("#line", "そのままお待ちください")
    sato.page.locator("#typed-line button").click()
    worker.page.reload()
    worker.page.locator("#replies [value=cannot]").click()
    worker.page.locator("[action$=threat] button").click()
    worker.reads("まず、あなたの安全を")
    sato.go("/desk/threats")
    mine = sato.page.locator("section", has_text=worker.badge["number"])
    mine.locator("[value=listened]").check()
    mine.locator("[action$=outcome] button").click()
    expect(mine).to_have_count(0)


def test_its_screens_are_for_everybody(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    worker, sato = people.worker(), people.counsellor()
    report_id = reports_at_counter(worker)
    expect(bar_of(sato, report_id)).to_be_visible(timeout=LIVE)
    audit.take(sato.page, "ringing")
    audit.take(worker.page, "calling")
    sato.go(f"/desk/reports/{report_id}")
    sato.page.locator("#talk [value=police]").click()
    expect(worker.page.locator("#cue")).to_be_visible(timeout=LIVE)
    worker.page.locator("[action$=threat] button").click()
    audit.take(worker.page, "threatened")
    sato.go(f"/desk/reports/{report_id}")
    audit.take(sato.page, "talking")
    sato.go("/desk/threats")
    audit.take(sato.page, "threats")
    sato.go("/desk")
    sato.page.get_by_role("button", name="通話中にする").click()
    audit.take(sato.page, "on_call")
    sato.page.get_by_role("button", name="通話が終わった").click()
    assert not any(audit.wrong.values()), audit.wrong
