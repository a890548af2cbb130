"""The phone's side in WebKit, which has no Background Sync: what Safari's people would see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.rig.webkit import WebKit, webkit
from tests.browser.server import DemoServer, demo_server

pytestmark = pytest.mark.browser

KEPT = """const [path, done] = arguments
const look = () => caches.match(path, { ignoreVary: true })
  .then(kept => kept && navigator.serviceWorker.controller ? done(true) : setTimeout(look, 100))
look()"""
SEND = """document.querySelectorAll("[name=item]")[4].click()
document.querySelector("[name=agreed_version]")?.click()
document.querySelector("#bar button.pri").click()"""


@pytest.fixture
def browser() -> Iterator[WebKit]:
    with webkit() as started:
        yield started


def ready(browser: WebKit, server: DemoServer) -> None:
    browser.go(f"{server.base}/B/{server.code()}")
    browser.waits_for(KEPT, f"/B/{server.code()}/guidance/CV-01")
    browser.until("document.getElementById('write-later')")


def test_a_report_arrives(browser: WebKit, tmp_path: Path) -> None:
    with demo_server(tmp_path) as server:
        ready(browser, server)
        browser.run(SEND)
        browser.until("location.pathname.startsWith('/reports/')")
        browser.until("document.body.innerText.includes('センターに届きました')")


def test_without_a_server_it_waits_and_says_what_is_true_here(
    browser: WebKit, tmp_path: Path
) -> None:
    with demo_server(tmp_path) as server:
        ready(browser, server)
    browser.go(f"{server.base}/B/{server.code()}")
    browser.until("document.getElementById('write-later')")
    browser.run(SEND)
    browser.until("document.querySelector('[data-promise=open-once]')?.offsetHeight")
    assert "まだ届いていません" in browser.text
    assert "このアプリを一度開いてください" in browser.text
    assert "自動で送ります" not in browser.text
    assert "センターにつながりません" in browser.text
    browser.run("document.querySelector('button[data-rescue]').click()")
    browser.until(
        "document.querySelector('[data-no-rescue]').offsetHeight"
        " || document.querySelector('figure.qr svg')"
    )
