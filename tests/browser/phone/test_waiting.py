"""What a phone says of a report that hasn't arrived: always the truth, and what can be done."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.phone.outbox import (
    entries,
    everything_is_refused,
    nothing_gets_through,
    the_way_is_free,
    until_states,
)

pytestmark = [pytest.mark.browser, only_sqlite]

URGENT, NOTABLE = 0, 4
NO_STORAGE = """
IDBObjectStore.prototype.add = IDBObjectStore.prototype.put = () => {
  throw new DOMException("full", "QuotaExceededError")
}
"""


def ready(worker: Worker) -> None:
    worker.scan()
    worker.is_ready_for_no_network()
    worker.page.locator("#write-later").wait_for(state="attached")


def send_in_vain(worker: Worker, place: int) -> None:
    worker.tick(place)
    worker.promise()
    worker.send(waits=False)
    worker.reads("まだ届いていません")


def test_urgent_and_cut_off_means_phone_now(people: People) -> None:
    worker = people.worker()
    ready(worker)
    worker.context.set_offline(True)
    send_in_vain(worker, URGENT)
    alarm = worker.page.locator("#urgent-waiting")
    expect(alarm).to_be_visible(timeout=10_000)
    expect(alarm.locator("a[href='tel:110']")).to_be_visible()
    expect(alarm.locator("a[href^='tel:0']")).to_be_visible()
    worker.context.set_offline(False)
    worker.arrives()


def test_urgent_and_unanswered_means_phone_after_a_minute(people: People) -> None:
    worker = people.worker()
    worker.page.clock.install()
    ready(worker)
    worker.page.route("**/api/reports**", lambda route: None)
    worker.tick(URGENT)
    worker.promise()
    worker.send(waits=False)
    worker.page.clock.run_for(3_000)
    expect(worker.page.locator("#saved h1:visible")).to_have_text("送信を確認しています…")
    worker.page.clock.run_for(12_000)
    expect(worker.page.locator("#urgent-waiting")).to_be_hidden()
    worker.page.clock.run_for(50_000)
    expect(worker.page.locator("#urgent-waiting")).to_be_visible()


def test_what_is_not_urgent_waits_without_alarm(people: People) -> None:
    worker = people.worker()
    ready(worker)
    nothing_gets_through(worker)
    send_in_vain(worker, NOTABLE)
    worker.reads("センターにつながりません。報告も声掛け例も使えます。")
    worker.reads("1件の報告がまだ届いていません。")
    expect(worker.page.locator("#last-try")).to_have_text(re.compile(r"前回 \d\d:\d\d"))
    expect(worker.page.locator("#urgent-waiting")).to_be_hidden()


@pytest.mark.parametrize("syncs", [True, False])
def test_sending_by_itself_is_promised_only_where_the_browser_does_it(
    people: People, syncs: bool
) -> None:
    worker = people.worker()
    worker.context.grant_permissions(["background-sync"] if syncs else ["notifications"])
    ready(worker)
    worker.context.set_offline(True)
    send_in_vain(worker, NOTABLE)
    by_itself = worker.page.locator("[data-promise=by-itself]")
    open_once = worker.page.locator("[data-promise=open-once]")
    expect(by_itself if syncs else open_once).to_be_visible(timeout=10_000)
    expect(open_once if syncs else by_itself).to_be_hidden()


def test_a_promise_to_send_by_itself_is_kept_with_every_page_closed(people: People) -> None:
    worker = people.worker()
    worker.context.grant_permissions(["background-sync"])
    ready(worker)
    worker.context.set_offline(True)
    send_in_vain(worker, NOTABLE)
    expect(worker.page.locator("[data-promise=by-itself]")).to_be_visible(timeout=10_000)
    worker.page.goto("about:blank")
    worker.context.set_offline(False)
    worker.page.wait_for_timeout(2_000)
    worker.go("/static/icons/app.svg")
    until_states(worker, "acked")


def test_a_refusal_says_why_and_what_can_be_done(people: People) -> None:
    worker = people.worker()
    ready(worker)
    everything_is_refused(worker, 409, "report-differs")
    worker.tick(NOTABLE)
    worker.promise()
    worker.send(waits=False)
    expect(worker.page.locator("#saved h1:visible")).to_have_text(
        "届いていません。電話してください"
    )
    worker.go("/")
    worker.reads("届いていません。電話してください")
    worker.reads("同じ番号で、内容の違う報告がセンターにあります。")
    expect(worker.page.locator("#promise-to-send")).to_be_hidden()
    the_way_is_free(worker)
    worker.page.get_by_role("button", name="もう一度送る").click()
    expect(worker.own_reports).to_have_count(1, timeout=10_000)


def test_a_phone_without_space_says_that_nothing_is_saved(people: People) -> None:
    worker = people.worker()
    worker.page.add_init_script(NO_STORAGE)
    ready(worker)
    worker.context.set_offline(True)
    worker.tick(URGENT)
    worker.promise()
    worker.send(waits=False)
    worker.reads("送れていません。保存もできません")
    expect(worker.page.locator("#unsaved a[href^='tel:0']")).to_be_visible()
    expect(worker.page.locator("#saved")).to_be_hidden()
    assert "保存しました" not in worker.page.locator("body").inner_text()
    expect(worker.page.locator("[name=item]").nth(URGENT)).to_be_checked()
    worker.context.set_offline(False)
    worker.send()


def test_a_cleared_storage_is_noticed_and_leaves_a_gap(people: People) -> None:
    worker = people.worker()
    worker.report_something()
    worker.go("/static/icons/app.svg")
    worker.page.evaluate("indexedDB.deleteDatabase('nafuda')")
    worker.go("/")
    worker.reads("端末の保存が消えました")
    worker.page.get_by_role("button", name="分かりました").click()
    expect(worker.page.locator("#storage-lost")).to_be_hidden()
    worker.report_something()
    assert [entry["device_seq"] for entry in entries(worker)] == [3]


def test_of_another_badges_reports_only_their_number_is_seen(people: People) -> None:
    worker, next_one = people.worker(), people.worker()
    ready(worker)
    nothing_gets_through(worker)
    send_in_vain(worker, NOTABLE)
    worker.go(f"/B/{next_one.code}")
    worker.reads("前の人の未送信 1件")
    expect(worker.page.locator("#above li")).to_have_count(0)
    the_way_is_free(worker)
    worker.page.reload()
    until_states(worker, "acked")


def test_a_restored_server_is_offered_everything_again(people: People) -> None:
    worker = people.worker()
    worker.report_something()
    until_states(worker, "acked")
    puts: list[str] = []
    worker.page.on("request", lambda request: puts.append(request.method))
    said = {"nafuda-epoch": "another-epoch", "nafuda-backed-up-through": "0"}

    def restored(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | said)

    worker.page.route("**/reports/*", restored)
    for _ in range(100):
        if "PUT" in puts:
            break
        worker.page.wait_for_timeout(100)
    assert "PUT" in puts
    until_states(worker, "acked")
    said["nafuda-backed-up-through"] = "999999"
    until_states(worker, "confirmed")
    (entry,) = entries(worker)
    assert not entry["bytes"]
    assert entry["receipt"]["receipt_no"] == worker.receipt_no
