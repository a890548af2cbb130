"""The worker's screens."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.loop.people import Worker
from tests.browser.pictures.album import Album
from tests.browser.server import DemoServer, demo_server

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1"


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
