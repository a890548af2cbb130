"""The clerk's screens."""

from playwright.sync_api import Browser

from tests.browser.loop.people import Clerk, Person
from tests.browser.office_pages import pages_of
from tests.browser.pictures.album import Album, file_name
from tests.browser.server import DemoServer


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
        album.both(clerk.page, file_name("C", route))
