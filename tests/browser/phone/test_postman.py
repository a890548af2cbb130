"""The postman's day (protocol A): ten reports over an hour on a round without signal, then one
bar for four seconds on the ridge, then nothing again."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Request

from tests.browser.loop.keeping import KEPT
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People

REPORTS = 10
URGENT = {3, 7}
EVERY = timedelta(minutes=6)
FOUR_SECONDS = 4_000
ONE_BAR = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 20_000,
}
STATES = """async () => {
  const read = request => new Promise(done => request.onsuccess = () => done(request.result))
  const database = await read(indexedDB.open("nafuda"))
  const entries = await read(database.transaction("outbox").objectStore("outbox").getAll())
  database.close()
  return entries.map(({ device_seq, state }) => [device_seq, state]).sort((a, b) => a[0] - b[0])
}"""


def report_on_the_round(worker: Worker, number: int, at: datetime) -> None:
    worker.page.clock.set_fixed_time(at)
    worker.scan()
    sign = worker.page.locator(f"[name=item][value={'PO-01' if number in URGENT else 'PO-06'}]")
    if not sign.is_visible():
        worker.page.locator("#report details summary").first.click()
    sign.check()
    worker.promise()
    worker.send(waits=False)
    worker.reads("まだ届いていません")


def one_bar_for_four_seconds(worker: Worker) -> list[Request]:
    sent: list[Request] = []
    worker.page.on("request", lambda one: sent.append(one) if "/api/" in one.url else None)
    session = worker.context.new_cdp_session(worker.page)
    session.send("Network.emulateNetworkConditions", ONE_BAR)
    worker.context.set_offline(False)
    session.send("Network.emulateNetworkConditions", ONE_BAR)
    worker.page.wait_for_timeout(FOUR_SECONDS)
    worker.context.set_offline(True)
    return sent


def test_ten_reports_leave_in_four_seconds_of_signal(people: People) -> None:
    worker, counsellor = people.worker("post"), people.counsellor()
    worker.report_something()
    before = counsellor.found_of(worker)
    worker.scan()
    worker.page.evaluate(KEPT, [f"/B/{worker.code}", f"/B/{worker.code}/more"])
    worker.context.set_offline(True)
    start = datetime.now(UTC) - REPORTS * EVERY
    for number in range(REPORTS):
        report_on_the_round(worker, number, start + number * EVERY)
    waiting = worker.page.evaluate(STATES)
    assert [seq for seq, _ in waiting] == list(range(1, REPORTS + 2))
    assert {state for _, state in waiting} <= {"acked", "sealed", "sending"}

    worker.page.clock.set_fixed_time(datetime.now(UTC))
    sent = one_bar_for_four_seconds(worker)
    worker.go("/")
    assert worker.page.evaluate(STATES) == [[seq, "acked"] for seq in range(1, REPORTS + 2)]
    assert len([one for one in sent if one.failure is None]) < REPORTS
    assert len(counsellor.found_of(worker) - before) == REPORTS
