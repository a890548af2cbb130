"""Whatever page of the office a clerk can click to."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import Audit
from tests.browser.loop.keyboard import tab_through
from tests.browser.loop.people import Clerk
from tests.browser.office_pages import pages_of
from tests.browser.server import demo_server

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_every_page_can_be_read_and_reached_by_everybody(browser: Browser, tmp_path: Path) -> None:
    """axe in light and dark; no sideways scrolling at 320 px; every control by keyboard."""
    audit = Audit(tmp_path / "wrong")
    with demo_server(tmp_path) as server:
        clerk = Clerk(browser, server)
        clerk.sign_in()
        for route in pages_of(clerk):
            audit.take(clerk.page, route)
            clerk.page.reload()
            tab_through(clerk)
    assert {"/office", "/office/badges", "/office/badges/{badge_id}", "/health"} <= audit.seen
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
