"""The pages of the office that a clerk can click to: found by clicking, not by a list."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.loop.people import Clerk

START = "/office"
OURS = ("/office", "/health", "/account")
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"
MOST = 120


def shape_of(address: str) -> str:
    """Two addresses of one shape are the same page about different things."""
    parts = urlsplit(address)
    names = sorted(part.split("=")[0] for part in parts.query.split("&"))
    return IDS.sub("{id}", parts.path) + "?" + ",".join(names)


def pages_of(clerk: Clerk) -> Iterator[str]:
    """The address of each page, while it is open, beginning at the office's own."""
    base, page = clerk.server.base, clerk.page
    waiting, known = deque([base + START]), {shape_of(base + START)}
    while waiting:
        address = waiting.popleft()
        if not is_page(page, address):
            continue
        yield shape_of(address)
        for link in page.evaluate(LINKS):
            is_ours = link.startswith(base) and urlsplit(link).path.startswith(OURS)
            if is_ours and shape_of(link) not in known:
                known.add(shape_of(link))
                waiting.append(link)
    assert len(known) < MOST


def is_page(page: Page, address: str) -> bool:
    """A download is none; it must come all the same."""
    answer = page.request.get(address)
    assert answer.ok, address
    if "text/html" not in answer.headers["content-type"]:
        return False
    page.goto(address)
    return True
