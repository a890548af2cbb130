"""A picture of every screen, to be looked at: `make screenshots` writes them into screenshots/."""

import re
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.loop.people import Clerk, Counsellor, Person, Worker
from tests.browser.office_pages import pages_of
from tests.browser.server import DemoServer, demo_server

OUT = Path("screenshots")
UNTIL_ALL_IS_KEPT = 12.0
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1"


class Album:
    """Takes the pictures of one walk, in light and in dark."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str, *, full: bool = False) -> None:
        page.screenshot(path=self.folder / f"{name}.png", full_page=full, animations="disabled")

    def both(self, page: Page, name: str) -> None:
        self.take(page, name)
        page.emulate_media(color_scheme="dark")
        page.wait_for_timeout(300)
        self.take(page, f"{name}_dark")
        page.emulate_media(color_scheme="light")


def walk_worker(album: Album, browser: Browser, server: DemoServer) -> Worker:
    worker = Worker(browser, server)
    page = worker.page
    page.goto(server.base)
    album.take(page, "M0_unpaired")
    worker.scan()
    album.both(page, "M2")
    album.take(page, "M2_full", full=True)
    worker.tick(0)
    album.both(page, "M3a")
    page.goto(f"{server.base}/B/{server.code()}/guidance/CV-01")
    album.take(page, "M3b", full=True)
    page.goto(page.url.replace("guidance/CV-01", "screens/hang_up"))
    album.take(page, "M3c")
    page.goto(f"{page.url}?lang=easy")
    album.take(page, "M3c_easy")
    worker.scan("?lang=easy")
    album.take(page, "M2y", full=True)
    worker.scan("?lang=en")
    album.take(page, "M2_en", full=True)
    return worker


def begin_offline(browser: Browser, server: DemoServer, place: int) -> Worker:
    """Everything else is kept in the background, for the phone to go without a network later."""
    worker = Worker(browser, server, place=place)
    worker.scan()
    worker.is_ready_for_no_network()
    return worker


def walk_offline(album: Album, worker: Worker) -> None:
    worker.tick(1)
    worker.promise()
    worker.context.set_offline(True)
    worker.send(waits=False)
    worker.page.wait_for_selector("#saved:not([hidden])")
    album.both(worker.page, "M4b")
    album.take(worker.page, "M4b_full", full=True)
    worker.page.click("button[data-rescue]")
    worker.page.wait_for_selector("figure.qr svg")
    album.take(worker.page, "M4b_rescue", full=True)


def walk_later(album: Album, browser: Browser, server: DemoServer) -> None:
    worker = begin_offline(browser, server, place=4)
    worker.tick(1)
    worker.page.click("#write-later")
    worker.page.wait_for_selector("#draft-kept:not([hidden])")
    album.take(worker.page, "M2_later")


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


def walk_iphone(album: Album, browser: Browser, server: DemoServer) -> None:
    """As far as an iPhone shows itself by its name; the rest is docs/devices.md."""
    safari = Worker(browser, server, place=6, user_agent=IPHONE)
    safari.report_something()
    safari.go("/notifications")
    album.both(safari.page, "M7b_before")
    safari.page.click("text=引き継ぎ番号を出す")
    safari.page.wait_for_selector(".num6 .big")
    album.both(safari.page, "M7b")
    app = Worker(browser, server, user_agent=IPHONE)
    manifest = safari.page.locator("link[rel=manifest]").get_attribute("href")
    app.go(safari.context.request.get(f"{server.base}{manifest}").json()["start_url"])
    album.both(app.page, "M7b_start")
    app.go("/")
    app.page.fill("#number", "000000")
    app.page.click("text=この名札で使う")
    app.reads("番号が違うか、期限が切れています")
    album.take(app.page, "M0_wrong_number", full=True)


def walk_office(album: Album, browser: Browser, server: DemoServer) -> None:
    """The way in, and the first run; tests/browser/office finds what lies behind by its links."""
    clerk = Clerk(browser, server)
    clerk.page.goto(f"{server.base}/sign-in")
    album.take(clerk.page, "C0_sign_in")
    clerk.sign_in()
    for step in ("hours", "keys"):
        clerk.page.goto(f"{server.base}/setup/{step}")
        album.take(clerk.page, f"C8_setup_{step}")
    clerk.page.goto(f"{server.base}/office/staff")
    clerk.page.click("text=詳細 >> nth=0")
    clerk.page.click("text=新しい招待を作る")
    album.take(clerk.page, "C5_invited")
    guest = Person(browser, server)
    guest.page.goto(clerk.page.input_value("#link"))
    album.take(guest.page, "C5_invitation")


def photograph_office(album: Album, browser: Browser, server: DemoServer) -> None:
    clerk = Clerk(browser, server)
    clerk.sign_in()
    for route in pages_of(clerk):
        album.both(clerk.page, "C" + re.sub(r"\W+", "_", route).rstrip("_"))


def small_pages(album: Album, browser: Browser, server: DemoServer) -> None:
    worker = Worker(browser, server, place=5)
    pages = {
        "X_contacts": "/contacts", "X_language": "/language", "X_not_found": "/B/ABC",
        "M1": f"/b/{server.code()}/pairing",
    }  # fmt: skip
    for name, path in pages.items():
        worker.page.goto(server.base + path)
        album.take(worker.page, name)


def walk_trust(album: Album, browser: Browser) -> None:
    """What a phone opens before it trusts `nafuda demo --lan`."""
    with (
        tempfile.TemporaryDirectory() as data,
        demo_server(Path(data), "--lan", "--address", "127.0.0.1") as server,
    ):
        page = browser.new_page(viewport={"width": 390, "height": 844})
        for language in ("ja", "easy", "en"):
            page.goto(f"{server.trust}/?lang={language}")
            album.both(page, f"L1_trust_{language}")


def walk(album: Album, browser: Browser, server: DemoServer) -> None:
    """Past every screen there is, and past others while something takes its time."""
    worker = walk_worker(album, browser, server)
    walk_loop(album, browser, server, worker)
    kept, unreached = begin_offline(browser, server, place=3), begin_calls(browser, server)
    began = time.monotonic()
    for part in (walk_later, walk_iphone, walk_office, small_pages):
        part(album, browser, server)
    time.sleep(max(0, began + UNTIL_ALL_IS_KEPT - time.monotonic()))
    walk_offline(album, kept)
    walk_calls(album, unreached)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as data,
        demo_server(Path(data)) as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        album = Album(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
        walk(album, browser, server)
        photograph_office(album, browser, server)
        walk_trust(album, browser)
        browser.close()


if __name__ == "__main__":
    main()
