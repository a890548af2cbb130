"""A counsellor offers times, the worker chooses one, also without a network; the desk sees it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.clock import TOKYO
from tests.browser.audit import Audit
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]
LIVE = 2_000


def offer_times(counsellor: Counsellor, report_id: str, audit: Audit | None = None) -> None:
    page, day = counsellor.page, datetime.now(TOKYO) + timedelta(days=1)
    counsellor.go(f"/desk/reports/{report_id}")
    counsellor.compose("R15")
    rows = page.locator("#offer .ofr")
    for row, (begins, ends, way) in enumerate(
        [("10:00", "11:00", "phone"), ("13:00", "14:30", "online"), ("15:00", "16:00", "visit")]
    ):
        one = rows.nth(row)
        one.locator("[name=slot_day]").fill(f"{day:%Y-%m-%d}")
        one.locator("[name=slot_begins]").fill(begins)
        one.locator("[name=slot_ends]").fill(ends)
        one.locator("[name=slot_way]").select_option(way)
    if audit:
        expect(page.locator("#offered li")).to_have_count(3)
        audit.take(page, "offer")
    page.locator("footer .pri").click()
    page.locator("[id^=instruction-]").first.wait_for()


def choose(worker: Worker, slot: str) -> None:
    worker.page.locator(f"#slots [value='{slot}']").click()


def test_a_time_is_chosen_and_changed_without_a_network(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path)
    worker, counsellor = people.worker(), people.counsellor()
    report_id = worker.report_unseen()
    worker.go(f"/reports/{report_id}")
    offer_times(counsellor, report_id, audit)
    worker.gets_instruction()
    audit.take(worker.page, "times")
    choose(worker, "1")
    worker.reads("この時間を選びました")
    audit.take(worker.page, "chosen")
    detail = counsellor.page.locator("#detail")
    expect(detail.locator(".slots")).to_contain_text("選ばれました", timeout=LIVE)
    audit.take(counsellor.page, "chosen at the desk")
    worker.page.evaluate("navigator.serviceWorker.ready")
    worker.page.reload()
    worker.reads("この時間を選びました")
    worker.context.set_offline(True)
    worker.page.locator("#slots summary").click()
    choose(worker, "2")
    worker.reads("センターには、まだ届いていません")
    audit.take(worker.page, "kept")
    worker.page.reload()
    worker.reads("センターには、まだ届いていません")
    worker.context.set_offline(False)
    expect(worker.page.locator("#slots > .ok b")).to_contain_text("13:00〜14:30", timeout=15_000)
    expect(worker.page.locator("#slots [data-shown]")).to_have_count(0)
    expect(detail.locator(".slots b")).to_contain_text("13:00〜14:30", timeout=LIVE)
    counsellor.go("/desk/calls")
    counsellor.reads("この時間に話す約束です")
    audit.take(counsellor.page, "calls")
    counsellor.go("/desk/day")
    expect(counsellor.page.locator("#agreed")).to_contain_text("あす 13:00〜14:30 オンライン")
    audit.take(counsellor.page, "day")
    assert not any(audit.wrong.values()), audit.wrong


def test_without_a_script_it_is_offered_and_chosen(people: People) -> None:
    worker = people.worker(java_script_enabled=False)
    counsellor = people.counsellor(java_script_enabled=False)
    report_id = worker.report_unseen()
    offer_times(counsellor, report_id)
    counsellor.page.wait_for_timeout(10_500)
    worker.go(f"/reports/{report_id}")
    choose(worker, "3")
    worker.reads("場所は、センターと話して決めます。")
    worker.page.locator("#slots summary").click()
    choose(worker, "none")
    worker.reads("どの時間も むずかしい")
    counsellor.page.reload()
    counsellor.reads("どの時間も むずかしい")
