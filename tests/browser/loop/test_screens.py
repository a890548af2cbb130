"""Every screen that gets a picture, for those who see little, see it differently, or hold little."""

import pytest
from playwright.sync_api import Browser

from tests.browser.audit import Audit
from tests.browser.screenshots import walk
from tests.browser.server import demo_server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("screens")]


@pytest.fixture(scope="module")
def audit(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """After one walk through all screens, in a town of its own."""
    audit = Audit(tmp_path_factory.mktemp("wrong"))
    with demo_server(tmp_path_factory.mktemp("screens")) as server:
        walk(audit, browser, server)
    return audit


def test_every_screen_is_seen(audit: Audit) -> None:
    assert len(audit.seen) > 30
    assert {"M0_unpaired", "M2", "M3c", "M4b", "M6a", "M7c", "T1", "T2", "C2"} <= audit.seen


def test_no_screen_fails_axe_in_light(audit: Audit) -> None:
    assert audit.wrong["light"] == []


def test_no_screen_fails_axe_in_dark(audit: Audit) -> None:
    assert audit.wrong["dark"] == []


def test_no_screen_scrolls_sideways_at_320_pixels(audit: Audit) -> None:
    assert audit.wrong["narrow"] == []


def test_no_phone_screen_scrolls_sideways_with_letters_twice_as_large(audit: Audit) -> None:
    assert audit.wrong["enlarged"] == []
