"""Pictures of the screens, to be looked at: `make screenshots` writes them into screenshots/."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import launch
from tests.browser.loop.story import People
from tests.browser.pictures.album import Album
from tests.browser.pictures.desk import photograph_desk, photograph_disclosure
from tests.browser.pictures.office import photograph_office
from tests.browser.pictures.phone import walk_trust
from tests.browser.pictures.walk import walk
from tests.browser.quick_server import quick_server
from tests.browser.server import demo_server

OUT = Path("screenshots")


def one_day(album: Album, browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as data, demo_server(Path(data)) as server:
        walk(album, browser, server)
        photograph_office(album, browser, server)


def busy_day(album: Album, browser: Browser) -> None:
    with (
        tempfile.TemporaryDirectory() as data,
        quick_server(Path(data)) as quick,
        People(browser, quick.server) as people,
    ):
        photograph_desk(album, people)
        photograph_disclosure(album, people)


def main() -> None:
    album = Album(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
    with sync_playwright() as playwright, launch(playwright) as browser:
        for part in (one_day, busy_day, walk_trust):
            part(album, browser)


if __name__ == "__main__":
    main()
