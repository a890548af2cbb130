"""What a first scan costs on a weak signal, and how soon it can be used."""

import httpx2
import pytest
from playwright.sync_api import Route, expect

from tests.browser.loop.story import People, only_sqlite
from tests.browser.server import DemoServer
from tests.browser.wire import weighed

pytestmark = [pytest.mark.browser, only_sqlite]

ONE_RESPONSE = 10_000
WHOLE_VISIT = 54 * 1024
KEPT = """async () => {
  const database = await new Promise(done => {
    const opening = indexedDB.open("nafuda")
    opening.onsuccess = () => done(opening.result)
  })
  return new Promise(done => {
    const all = database.transaction("outbox").objectStore("outbox").getAll()
    all.onsuccess = () => done(all.result.map(entry => entry.state))
  })
}"""


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_the_page_comes_in_one_small_response(server: DemoServer, language: str) -> None:
    for industry in sorted({badge["industry"] for badge in server.badges}):
        address = f"{server.base}/B/{server.code(industry)}?lang={language}"
        with httpx2.stream("GET", address, headers={"Accept-Encoding": "br"}) as answer:
            size = sum(len(part) for part in answer.iter_raw())
        assert answer.headers["content-encoding"] == "br"
        assert size <= ONE_RESPONSE, industry


def test_it_can_be_used_before_anything_else_arrives(people: People) -> None:
    worker = people.worker()

    def only_the_page(route: Route) -> None:
        if route.request.resource_type == "document":
            route.continue_()
        else:
            route.abort()

    worker.page.route("**/*", only_the_page)
    worker.scan()
    worker.tick(0)
    expect(worker.page.locator(".aid").first).to_be_visible()
    assert worker.page.locator(".ck").first.evaluate("row => row.offsetHeight") >= 60
    worker.promise()
    worker.send(waits=False)
    worker.reads("まだ届いていません")
    assert worker.page.evaluate(KEPT) == ["sealed"]


def test_the_whole_first_visit_stays_small(people: People) -> None:
    """With the service worker and all it lays by for a visit without a network."""
    worker = people.worker()
    with weighed(people.server.base) as (wire, address):
        worker.page.goto(f"{address}/B/{worker.code}")
        page_alone = wire.weight
        worker.is_ready_for_no_network()
        worker.page.wait_for_timeout(3_000)
        assert ONE_RESPONSE / 2 < page_alone < wire.weight <= WHOLE_VISIT
        worker.page.goto("about:blank")
