"""The counsellors' screens, and what comes of them on the phone."""

import time
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.browser.desk.busy_day import busy_day, every_page
from tests.browser.desk.test_disclosures import asks, fills, opens_form
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People
from tests.browser.pictures.album import Album, file_name
from tests.browser.server import DemoServer


def walk_loop(album: Album, browser: Browser, server: DemoServer, worker: Worker) -> None:
    counsellor = Counsellor(browser, server)
    counsellor.sign_in()
    album.take(counsellor.page, "T1_empty")
    worker.scan()
    worker.tick(0)
    worker.tick(5)
    worker.here("yes")
    worker.write("先週も同じカードを買いに来ました")
    worker.promise()
    worker.send()
    album.both(worker.page, "M4a")
    album.take(worker.page, "M4a_full", full=True)
    report = counsellor.open_newest()
    album.both(counsellor.page, "T1")
    counsellor.page.set_viewport_size({"width": 820, "height": 1180})
    album.take(counsellor.page, "T1_820")
    counsellor.page.set_viewport_size({"width": 1180, "height": 820})
    counsellor.compose("R07")
    album.both(counsellor.page, "T2")
    counsellor.send()
    album.take(counsellor.page, "T1_undo")
    worker.page.wait_for_selector("[data-instruction]", timeout=20_000)
    album.both(worker.page, "M6a")
    album.take(worker.page, "M6a_full", full=True)
    worker.page.goto(server.base)
    album.both(worker.page, "M5")
    worker.page.goto(f"{server.base}/notifications")
    album.take(worker.page, "M7c")
    worker.page.goto(f"{server.base}/reports/{report}")
    worker.page.click("text=了解しました")
    worker.page.wait_for_selector("text=どうなりましたか")
    album.take(worker.page, "M6b", full=True)
    time.sleep(1)
    counsellor.page.reload()
    album.take(counsellor.page, "T1_ladder")
    counsellor.go("/desk/rescue")
    album.both(counsellor.page, "T4_rescue")
    counsellor.go("/desk/missing")
    album.take(counsellor.page, "T5_missing")


def begin_calls(browser: Browser, server: DemoServer) -> Counsellor:
    """A phone without notifications, its page closed: twenty seconds later somebody is to phone."""
    worker = Worker(browser, server, place=6)
    worker.report_something()
    worker.page.goto("about:blank")
    counsellor = Counsellor(browser, server)
    counsellor.sign_in()
    counsellor.open_newest()
    counsellor.compose("R05")
    counsellor.send()
    return counsellor


def walk_calls(album: Album, counsellor: Counsellor) -> None:
    counsellor.page.wait_for_selector("a[href='/desk/calls']", timeout=60_000)
    album.take(counsellor.page, "T6_unreachable", full=True)
    for name, path in {"T6_calls": "/desk/calls", "T7_duty": "/desk/duty"}.items():
        counsellor.go(path)
        album.both(counsellor.page, name)


def photograph_desk(album: Album, people: People) -> None:
    mori, others = busy_day(people)
    for _ in every_page(mori, others):
        album.both(mori.page, file_name("T", urlsplit(mori.page.url).path))


def photograph_disclosure(album: Album, people: People) -> None:
    """Asked for, written into the phone's form, and there no more."""
    worker, sato = people.worker("finance"), people.counsellor()
    worker.report_something()
    report_id = worker.report_id
    asks(sato, report_id)
    album.both(sato.page, "T_disclosure_asked")
    page = opens_form(worker, report_id)
    fills(page)
    album.take(page, "M6d", full=True)
    page.get_by_role("button", name="相談員だけに送る").click()
    worker.reads("送った内容は、この端末には残っていません")
    album.both(page, "M6d_sent")
