"""訓練, from the clerk's PC to a phone, to the desk, and back to a table of figures."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Clerk, Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

KEPT_OF_DRILLS = """async () => {
  const names = await caches.keys()
  const pages = await Promise.all(names.map(async name => (await caches.open(name)).keys()))
  return pages.flat().map(({ url }) => url).filter(url => url.includes("/drills/"))
}"""


def registered(people: People, industry: str, **options: object) -> Worker:
    worker = people.worker(industry, **options)
    worker.go(f"/b/{worker.code}/pairing")
    worker.promise()
    worker.page.locator("footer button").click()
    worker.page.wait_for_url("**/")
    return worker


def start(clerk: Clerk, worker: Worker, case: str = "e_money") -> None:
    clerk.go("/office/drills")
    clerk.page.locator(f"[name=case][value={case}]").check()
    place = worker.badge["workplace"]
    clerk.page.locator(".ck", has_text=place).locator("[name=workplace]").check()
    clerk.page.locator("button[form=start]").click()
    clerk.page.wait_for_url("**/office/drills/*")


def figures(clerk: Clerk) -> list[str]:
    clerk.page.reload()
    return clerk.page.locator("#results tbody tr").last.locator("td").all_inner_texts()


def card(worker: Worker) -> Locator:
    worker.go("/")
    return worker.page.locator("#drill")


def waits_at_home(worker: Worker) -> None:
    """Marked as what it is, and nobody is told to phone, although an urgent sign was ticked."""
    worker.go("/")
    row = worker.page.locator("#waiting-reports li").first
    expect(row.locator("[data-drill]")).to_be_visible()
    expect(row.locator("[data-rescue]")).to_be_hidden()
    expect(worker.page.locator("#urgent-waiting")).to_be_hidden()


def test_a_drill_goes_round_and_is_measured(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    worker, clerk, counsellor = registered(people, "post"), people.clerk(), people.counsellor()
    start(clerk, worker)
    expect(card(worker)).to_contain_text("【訓練】")
    audit.take(worker.page, "home")
    worker.page.wait_for_function("navigator.serviceWorker.controller")
    card(worker).locator("a.btn").click()
    worker.tick(0)
    audit.take(worker.page, "checklist")
    assert worker.page.locator("a[href^='tel:']").count() == 0
    worker.page.wait_for_timeout(1_100)
    worker.context.set_offline(True)
    worker.press_send()
    worker.reads("まだ届いていません")
    waits_at_home(worker)
    worker.context.set_offline(False)
    # A page left in the middle of an attempt keeps its claim on the report for 25 seconds.
    worker.page.get_by_role("link", name="返事を見る").click(timeout=40_000)
    worker.page.wait_for_url("**/drills/reports/**")
    assert worker.page.evaluate(KEPT_OF_DRILLS) == []

    counsellor.go("/desk")
    counsellor.page.locator("#inbox a.vd").click()
    audit.take(counsellor.page, "desk")
    counsellor.page.locator("#answer button").click()
    worker.page.locator("article.instruction").wait_for(timeout=15_000)
    audit.take(worker.page, "instruction")
    worker.page.locator("[action$=acknowledgement] button").click()
    worker.reads("「了解」を送りました")

    called, _, opened, reported, _, instructed, acknowledged, _ = figures(clerk)
    assert [called, opened, reported, instructed, acknowledged] == ["1"] * 5
    audit.take(clerk.page, "results")
    clerk.page.get_by_role("button", name="訓練を終わりにする").click()
    expect(card(worker)).to_have_count(0)
    clerk.go("/office/drills")
    audit.take(clerk.page, "drills")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}


def test_without_a_script_it_works_all_the_same(people: People) -> None:
    worker = registered(people, "finance", java_script_enabled=False)
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/drills")
    clerk.page.locator("button[form=start]").click()
    clerk.reads("想定を1つ選んでください。")
    start(clerk, worker, "withdrawal")
    card(worker).locator("a.btn").click()
    worker.press_send()
    worker.reads("1つ以上に✓してください。")
    worker.tick(0)
    worker.press_send()
    worker.reads("訓練の報告が届きました")
    assert figures(clerk)[3] == "1"
    clerk.page.get_by_role("button", name="訓練を終わりにする").click()
    expect(card(worker)).to_have_count(0)
