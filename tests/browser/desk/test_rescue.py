"""The desk's scanner with a real camera feed: a phone's screen that turns through its codes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from app.ids import new_id
from tests.browser.loop.people import Counsellor
from tests.browser.loop.story import only_sqlite
from tests.browser.rig.camera import browser_that_sees
from tests.browser.server import DemoServer
from tests.reports.frames import frames

pytestmark = pytest.mark.browser


def stuck_envelope() -> bytes:
    envelope: dict[str, Any] = {
        "v": 1, "report_id": str(new_id()), "device_seq": 1,
        "checklist": {"id": "CV", "version": 1}, "items": ["CV-01"], "answers": {},
        "client_at": "2026-11-25T05:00:00.000Z", "corrects": None,
        "sealed": {"v": 1, "kid": "k0", "enc": "A" * 87, "ct": "B" * 700},
    }  # fmt: skip
    return json.dumps(envelope).encode()


@pytest.fixture(scope="module")
def envelope() -> bytes:
    return stuck_envelope()


@pytest.fixture(scope="module")
def browser(
    playwright: Playwright, envelope: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """One whose camera looks at that phone."""
    folder = tmp_path_factory.mktemp("camera")
    with browser_that_sees(playwright, frames(envelope), folder) as browser:
        yield browser


@only_sqlite
def test_a_stuck_report_is_scanned_from_the_phone_and_filed(
    browser: Browser, server: DemoServer, envelope: bytes
) -> None:
    assert len(frames(envelope)) >= 2
    counsellor = Counsellor(browser, server, permissions=["camera"])
    counsellor.sign_in()
    page = counsellor.page
    counsellor.go("/desk/rescue")
    page.click("#scan")
    expect(page.locator("#scanned")).to_contain_text("全部読み取りました", timeout=30_000)
    page.fill("#badge", server.badge()["number"])
    page.locator("#codes .btn.pri").click()
    page.wait_for_url(f"**/desk/reports/{json.loads(envelope)['report_id']}")
    counsellor.reads("端末の画面から読み取って受け付けました")
    counsellor.context.close()


@only_sqlite
def test_without_a_camera_the_counsellor_is_told_what_else_to_do(
    browser: Browser, server: DemoServer
) -> None:
    counsellor = Counsellor(browser, server)
    counsellor.sign_in()
    counsellor.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('denied'))"
    )
    counsellor.go("/desk/rescue")
    counsellor.page.click("#scan")
    counsellor.reads("カメラが使えません")
    counsellor.context.close()
