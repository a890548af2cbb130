"""The scanner on the phone's home, with a camera that sees a badge, and one that sees a trap."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.loop.people import Worker
from tests.browser.loop.story import only_sqlite
from tests.browser.rig.camera import browser_that_sees
from tests.browser.server import DemoServer

pytestmark = [pytest.mark.browser, only_sqlite]
FOREIGN = "つなぐ名札のコードではありません"


@pytest.fixture
def codes(request: pytest.FixtureRequest, server: DemoServer) -> list[str]:
    """What the camera sees; `{host}` and `{code}` stand for the demo's own."""
    host = server.base.removeprefix("http://")
    return [one.format(host=host, code=server.code()) for one in request.param]


@pytest.fixture
def worker(
    playwright: Playwright, codes: list[str], server: DemoServer, tmp_path: Path
) -> Iterator[Worker]:
    with browser_that_sees(playwright, codes, tmp_path) as browser:
        yield Worker(browser, server, permissions=["camera"])


def press(page: Page) -> None:
    page.get_by_role("button", name="名札を読み取る").click()


def sees(*codes: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("codes", [list(codes)], indirect=True)


@sees("http://{host}/B/{code}")
def test_the_badge_that_the_camera_sees_opens(worker: Worker) -> None:
    worker.go("/")
    press(worker.page)
    worker.page.wait_for_url(f"**/B/{worker.code}", timeout=30_000)
    expect(worker.page.locator("[name=item]").first).to_be_attached()


@sees("https://evil.example/B/{code}", "HTTP://{host}/B/{code}")
def test_a_badge_is_still_found_after_a_code_that_is_none(worker: Worker) -> None:
    worker.report_something()
    worker.go("/")
    press(worker.page)
    worker.page.wait_for_url(f"**/B/{worker.code}", timeout=30_000)


@sees("http://{host}@evil.example/B/{code}", "javascript:document.title='caught'")
def test_what_is_no_badge_is_said_and_never_opened(worker: Worker) -> None:
    asked: list[str] = []
    worker.go("/")
    worker.page.on("framenavigated", lambda frame: asked.append(frame.url))
    press(worker.page)
    worker.reads(FOREIGN, 30)
    worker.page.wait_for_timeout(2_500)
    assert asked == []
    assert worker.page.url == f"{worker.server.base}/"
    assert "caught" not in worker.page.title()
    worker.page.get_by_role("button", name="読み取りをやめる").click()
    expect(worker.page.locator("video")).to_be_hidden()
    worker.page.fill("#code", worker.code)
    worker.page.click("text=報告の画面を開く")
    worker.page.wait_for_url(f"**/B/{worker.code}")


@sees("nothing")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("NotAllowedError", "カメラを使う許可がありません"),
        ("NotFoundError", "この端末ではカメラを使えません"),
        ("NotReadableError", "ほかのアプリがカメラを使っています"),
        ("Error", "カメラを始められませんでした"),
    ],
)
def test_each_way_without_a_camera_has_its_sentence(
    worker: Worker, name: str, sentence: str
) -> None:
    worker.page.add_init_script(
        "navigator.mediaDevices.getUserMedia ="
        f" () => Promise.reject(Object.assign(new Error('no'), {{ name: '{name}' }}))"
    )
    worker.go("/")
    press(worker.page)
    worker.reads(sentence)
    expect(worker.page.locator("#code")).to_be_visible()
    expect(worker.page.get_by_role("button", name="名札を読み取る")).to_be_enabled()
