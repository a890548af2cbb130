"""Looking into a phone's outbox, and standing between it and the server."""

import json
from typing import Any

from playwright.sync_api import Route

from tests.browser.loop.people import Worker

READ = """async store => {
  const opened = await new Promise(done => {
    const opening = indexedDB.open("nafuda")
    opening.onsuccess = () => done(opening.result)
  })
  const rows = await new Promise(done => {
    const all = opened.transaction(store).objectStore(store).getAll()
    all.onsuccess = () => done(all.result)
  })
  opened.close()
  const text = bytes => new TextDecoder().decode(bytes)
  return rows.map(row => row.bytes ? { ...row, bytes: text(row.bytes) } : row)
}"""


def entries(worker: Worker, store: str = "outbox") -> list[dict[str, Any]]:
    """What the phone holds; an envelope's bytes as text."""
    found: list[dict[str, Any]] = worker.page.evaluate(READ, store)
    return found


def states(worker: Worker) -> list[str]:
    return sorted(entry["state"] for entry in entries(worker))


def until_states(worker: Worker, *expected: str) -> None:
    """An attempt that a page left behind is anybody's again after 25 s."""
    for _ in range(350):
        if states(worker) == sorted(expected):
            return
        worker.page.wait_for_timeout(100)
    raise AssertionError(f"{states(worker)} instead of {sorted(expected)}")


def nothing_gets_through(worker: Worker) -> None:
    """The network is there, but reports don't reach the centre."""
    worker.context.route("**/api/reports**", lambda route: route.abort())


def pages_are_cut_off(worker: Worker) -> None:
    """Only the service worker gets reports through."""

    def cut(route: Route) -> None:
        if route.request.service_worker:
            route.continue_()
        else:
            route.abort()

    worker.context.route("**/api/reports**", cut)


def everything_is_refused(worker: Worker, status: int, word: str) -> None:
    problem = {"type": f"/problems/{word}", "status": status}

    def refuse(route: Route) -> None:
        route.fulfill(
            status=status, body=json.dumps(problem), content_type="application/problem+json"
        )

    worker.context.route("**/api/reports**", refuse)


def the_way_is_free(worker: Worker) -> None:
    worker.context.unroute_all()
