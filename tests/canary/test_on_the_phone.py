"""What a worker typed of a person is gone from the phone once it was sent: Chromium's whole
profile is read, byte for byte, and all that the server wrote meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.chromium import open_profile
from tests.browser.loop.people import Worker
from tests.browser.server import DemoServer, demo_server
from tests.canary.persons import PERSONS, Person
from tests.canary.places import from_cache, search, search_bytes
from tests.canary.spellings import Needles
from tests.cast import composer_fields
from tests.disclosures.asking import REQUEST

pytestmark = [pytest.mark.browser, pytest.mark.long]
NEEDLES = Needles(PERSONS)
ITEMS = ("name", "address", "telephone")
ASKED = REQUEST | {"items": list(ITEMS)}
CAME_BACK = PERSONS[5]
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "ja-JP"}
KEEP = """async text => {
  localStorage.setItem("canary", text)
  await (await caches.open("canary")).put("/canary", new Response(text))
  const opening = indexedDB.open("canary", 1)
  await new Promise(done => {
    opening.onupgradeneeded = () => opening.result.createObjectStore("canary")
    opening.onsuccess = done
  })
  const change = opening.result.transaction("canary", "readwrite")
  change.objectStore("canary").put({ text }, 1)
  await new Promise(done => { change.oncomplete = done })
  opening.result.close()
}"""


class Profile:
    """Stands for a browser, so that a worker's only window is the one of this profile."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context

    def new_context(self, **_: object) -> BrowserContext:
        return self.context


class Centre:
    """A counsellor whose screen doesn't matter here."""

    def __init__(self, client: httpx2.Client, server: DemoServer) -> None:
        self.client = client
        person = server.person("counsellor")
        fields = {"sign_in": person["sign_in"], "password": person["password"]}
        assert self.client.post("/sign-in", data=fields).status_code == 303

    def asks(self, report_id: str) -> None:
        answer = self.client.post(f"/desk/reports/{report_id}/disclosures", data=ASKED)
        assert answer.status_code == 303, answer.text

    def instructs(self, report_id: str) -> None:
        page = self.client.get(f"/desk/reports/{report_id}/instructions/new?template=R05").text
        path, fields = f"/desk/reports/{report_id}/instructions", composer_fields(page)
        assert self.client.post(path, data={"template": "R05", **fields}).status_code == 303


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoServer]:
    for name in ("server", "temporary"):
        (tmp_path / name).mkdir()
    with ExitStack() as stack:
        with monkeypatch.context() as patch:
            patch.setenv("TMPDIR", str(tmp_path / "temporary"))
            server = stack.enter_context(demo_server(tmp_path / "server"))
        yield server


@pytest.fixture
def centre(server: DemoServer) -> Iterator[Centre]:
    with httpx2.Client(base_url=server.base) as client:
        yield Centre(client, server)


def notes(worker: Worker, person: Person) -> None:
    worker.scan()
    worker.tick(0)
    worker.promise()
    worker.write(person.sentence)
    box = worker.page.locator("[name=note_is_fine]")
    if box.is_visible():
        box.check()


def fills(worker: Worker, report_id: str, person: Person) -> Page:
    worker.go(f"/reports/{report_id}")
    worker.page.get_by_role("link", name="専用画面で答える").click(timeout=20_000)
    for name, text in zip(ITEMS, (person.name, person.address, person.telephone), strict=True):
        worker.page.fill(f"#{name}", text)
    return worker.page


def sends(page: Page) -> None:
    page.get_by_role("button", name="相談員だけに送る").click()


def tells_result(worker: Worker, report_id: str, person: Person) -> None:
    worker.go(f"/reports/{report_id}")
    worker.gets_instruction()
    worker.acknowledge()
    worker.page.locator("[name=result][value=called]").check()
    worker.page.fill("#result-note", person.sentence)
    worker.page.locator("[action$=result] button").click()
    worker.reads("名前や番号のような文字があります")
    worker.page.fill("#result-note", person.address)
    worker.page.locator("[action$=result] button").click()
    worker.reads("名前や番号のような文字があります")
    worker.page.fill("#result-note", person.kana)
    worker.page.locator("[action$=result] button").click()
    worker.reads("結果を送りました")


def with_script(worker: Worker, centre: Centre) -> None:
    """Sent from a queue, left unsent, sent once the network was back, left unsent again."""
    notes(worker, PERSONS[0])
    worker.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    worker.context.set_offline(True)
    worker.send(waits=False)
    worker.reads("まだ届いていません")
    worker.context.set_offline(False)
    worker.arrives()
    first = worker.report_id
    notes(worker, PERSONS[1])
    worker.go("/")
    other = worker.report_unseen()
    third = worker.report_unseen()
    for report_id in (first, other):
        centre.asks(report_id)
    centre.instructs(third)
    page = fills(worker, first, PERSONS[2])
    worker.context.set_offline(True)
    sends(page)
    expect(page.locator("#unsent")).to_be_visible()
    worker.context.set_offline(False)
    sends(page)
    worker.reads("送った内容は、この端末には残っていません")
    fills(worker, other, PERSONS[3])
    tells_result(worker, third, PERSONS[4])
    worker.go("/")


def without_script(worker: Worker, centre: Centre) -> None:
    notes(worker, CAME_BACK)
    worker.press_send()
    worker.reads("名前や番号のような文字があります")
    worker.page.locator("[name=note_is_fine]").check()
    worker.press_send()
    worker.page.wait_for_url("**/reports/*-*")
    report_id = worker.report_id
    centre.asks(report_id)
    worker.page.wait_for_timeout(10_500)
    page = fills(worker, report_id, PERSONS[6])
    sends(page)
    worker.reads("送った内容は、この端末には残っていません")
    worker.go("/")


def everywhere(folder: Path, *, whole: bool = True) -> dict[str, set[str]]:
    """What the profile, its cache and the server's folders hold of the twelve. Not `whole`: without
    a form that came back to a window without script, which the browser keeps as that window's
    history until its owner clears that."""
    found = search(folder, NEEDLES)
    if not whole:
        history = [one for one in found if one.startswith("profile/Default/Sessions/")]
        assert set().union(*(found.pop(one) for one in history)) <= {*CAME_BACK.told}
    for path in (folder / "profile").rglob("*Cache*/**/*"):
        if path.is_file() and (texts := search_bytes(from_cache(path.read_bytes()), NEEDLES)):
            found[str(path)] = texts
    return found


def test_nothing_that_was_sent_stays_on_the_phone(
    server: DemoServer, centre: Centre, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with sync_playwright() as playwright:
        for has_script, walk in ((True, with_script), (False, without_script)):
            context = open_profile(playwright, profile, java_script_enabled=has_script, **PHONE)
            worker = Worker(Profile(context), server, "finance")  # type: ignore[arg-type]
            walk(worker, centre)
            context.close()
            assert everywhere(tmp_path, whole=has_script) == {}
        context = open_profile(playwright, profile, **PHONE)
        worker = Worker(Profile(context), server, "finance")  # type: ignore[arg-type]
        worker.go(f"/?q={quote(PERSONS[7].name)}")
        worker.page.evaluate(KEEP, PERSONS[8].sentence)
        context.close()
    found = everywhere(tmp_path)
    texts = set().union(*found.values())
    assert {PERSONS[7].name, *PERSONS[8].told} <= texts, found
    kinds = {one.split("/")[2] for one in found if one.startswith("profile/Default/")}
    assert {"History", "IndexedDB", "Local Storage", "Service Worker"} <= kinds, found
