"""Every screen that gets a picture, for those who see little, or see it differently."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import Audit
from tests.browser.pictures.walk import walk
from tests.browser.server import demo_server

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_no_screen_fails_axe_or_scrolls_sideways(browser: Browser, tmp_path: Path) -> None:
    """In light and dark; 320 px wide; on phones also with letters twice as large."""
    audit = Audit(tmp_path / "wrong")
    with demo_server(tmp_path) as server:
        walk(audit, browser, server)
    assert len(audit.seen) > 30
    assert {
        "M0_unpaired",
        "M2",
        "M3c",
        "M4b",
        "M6a",
        "M7b",
        "M7c",
        "T1",
        "T2",
        "C0_sign_in",
    } <= audit.seen
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
