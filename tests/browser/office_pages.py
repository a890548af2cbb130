"""The pages of the office, or of the desk, that one can click to: found by clicking, not listed."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.loop.people import Staff
from tests.house_rules.doors import every_door

START = "/office"
OURS = ("/office", "/health", "/account")
LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map(link => link.href)"
DOORS = [door.route for door in every_door() if door.method == "GET"]


def route_of(address: str) -> str:
    """Two addresses of one route are the same page about different things."""
    path = urlsplit(address).path
    return next(route.path for route in DOORS if route.path_regex.match(path))


def is_ours(link: str, base: str, ours: tuple[str, ...] = OURS) -> bool:
    """Not the samples, which are the phone's pages."""
    path = urlsplit(link).path
    return link.startswith(base) and path.startswith(ours) and "/preview" not in path


def pages_of(person: Staff, start: str = START, ours: tuple[str, ...] = OURS) -> Iterator[str]:
    """The route of each page, while it is open, beginning at the office's own."""
    base, page = person.server.base, person.page
    waiting, known = deque([base + start]), {start}
    while waiting:
        address = waiting.popleft()
        if not is_page(page, address):
            continue
        yield route_of(address)
        for link in page.evaluate(LINKS):
            if is_ours(link, base, ours) and route_of(link) not in known:
                known.add(route_of(link))
                waiting.append(link)


def is_page(page: Page, address: str) -> bool:
    """A download is none; it must come all the same."""
    answer = page.request.get(address)
    assert answer.ok, address
    if "text/html" not in answer.headers["content-type"]:
        return False
    page.goto(address)
    return True
