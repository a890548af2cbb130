"""Where the signal comes and goes: what a phone can do without a network, and what it says."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.keeping import KEPT as KEPT_PAGES
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser

NOTE = "先週も同じカードを買いに来ました"
EVERYTHING_KEPT = """async () => {
  const decoded = (_, value) => ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value
  const read = request => new Promise(done => request.onsuccess = () => done(request.result))
  const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
  for (const { name } of await indexedDB.databases()) {
    const database = await read(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store)
      kept.push(JSON.stringify(await read(all.getAll()), decoded))
    }
    database.close()
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) kept.push(await (await cache.match(request)).text())
  }
  return kept.join("\\n")
}"""


def without_network(worker: Worker) -> None:
    """Visited once, then taken where there is no signal."""
    worker.scan()
    worker.is_ready_for_no_network()
    worker.context.set_offline(True)


def send_into_nowhere(worker: Worker) -> None:
    worker.tick(0)
    worker.write(NOTE)
    worker.promise()
    worker.send(waits=False)
    worker.reads("まだ届いていません")


@only_sqlite
def test_a_visited_badge_opens_with_what_to_do_and_what_to_show(people: People) -> None:
    worker = people.worker()
    without_network(worker)
    worker.scan()
    worker.reads("圏外です。報告も声掛け例も使えます。")
    worker.tick(0)
    worker.page.get_by_role("link", name="声の掛け方").first.click()
    worker.reads("ひと声かける")
    worker.page.get_by_role("link", name="報告に戻る").click()
    worker.tick(0)
    worker.page.get_by_role("link", name="見せる画面").first.click()
    expect(worker.page.locator(".show h1")).to_be_visible()


def test_a_report_waits_and_arrives_by_itself_once(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    before = counsellor.found_of(worker)
    without_network(worker)
    worker.scan()
    send_into_nowhere(worker)
    shown = worker.page.locator("body").inner_text()
    assert "K-" not in shown
    assert not any(word in shown for word in ("送信済み", "届きました", "送りました"))
    assert counsellor.found_of(worker) == before

    worker.context.set_offline(False)
    worker.arrives()
    worker.reads("センターに届きました")
    assert counsellor.found_of(worker) - before == {worker.receipt_no}


def test_a_report_waits_on_although_the_page_is_closed(people: People) -> None:
    worker = people.worker()
    worker.report_something()
    # A page that begins to load while its worker comes up is not controlled by it; the next one is.
    worker.page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    worker.go("/")
    worker.page.evaluate(KEPT_PAGES, ["/"])
    without_network(worker)
    send_into_nowhere(worker)
    worker.page.close()
    worker.page = worker.context.new_page()
    worker.go("/")
    worker.reads("この端末で待っている報告")
    worker.context.set_offline(False)
    expect(worker.own_reports).to_have_count(2, timeout=15_000)
    expect(worker.page.locator("#waiting-reports")).to_be_hidden()


@only_sqlite
def test_what_was_written_is_nowhere_on_the_phone_in_clear(people: People) -> None:
    worker = people.worker()
    without_network(worker)
    send_into_nowhere(worker)
    kept = worker.page.evaluate(EVERYTHING_KEPT)
    assert '\\"items\\":[\\"CV-01\\"]' in kept
    assert "センターに送る" in kept
    assert NOTE not in kept
    assert "同じカード" not in kept
