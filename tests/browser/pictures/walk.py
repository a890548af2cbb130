"""One day, past the screens of everybody, in a demo as a person starts it."""

import time

from playwright.sync_api import Browser

from tests.browser.pictures.album import Album
from tests.browser.pictures.desk import begin_calls, walk_calls, walk_loop
from tests.browser.pictures.office import walk_office
from tests.browser.pictures.phone import (
    begin_offline,
    small_pages,
    walk_iphone,
    walk_later,
    walk_offline,
    walk_worker,
)
from tests.browser.server import DemoServer

UNTIL_ALL_IS_KEPT = 12.0


def walk(album: Album, browser: Browser, server: DemoServer) -> None:
    """Past others while something takes its time."""
    worker = walk_worker(album, browser, server)
    walk_loop(album, browser, server, worker)
    kept, unreached = begin_offline(browser, server, place=3), begin_calls(browser, server)
    began = time.monotonic()
    for part in (walk_later, walk_iphone, walk_office, small_pages):
        part(album, browser, server)
    time.sleep(max(0, began + UNTIL_ALL_IS_KEPT - time.monotonic()))
    walk_offline(album, kept)
    walk_calls(album, unreached)
