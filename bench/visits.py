"""A phone's browser: `python -m bench.visits`, with what to open as JSON on standard input.

{"base", "pages": {name: path}, "rounds", "trusted", "again": bool}. Prints {name: [milliseconds]}:
until the first tick can be made; with `again`, until the first paint of a second visit, for a page
whose name is "offline" without any network.
"""

import json
import random
import shutil
import socket
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SLOWDOWN = 4
PATIENCE = 60
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
WATCH = """
(() => {
  const can_be_ticked = box => {
    const seen = box.closest("label") ?? box
    const { left, top, width, height } = seen.getBoundingClientRect()
    if (!width || top > innerHeight) return false
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return hit && seen.contains(hit)
  }
  const look = () => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0]
    const boxes = [...document.querySelectorAll("input[type=checkbox]:enabled")]
    if (painted && !window.painted_at) window.painted_at = painted.startTime
    if (painted && boxes.some(can_be_ticked)) window.usable_at = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()
"""


def wait_for_server(base: str) -> None:
    address = urlsplit(base)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((address.hostname or "", address.port or 80)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server cannot be reached over the slow line")


def new_phone(browser: Browser) -> BrowserContext:
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True,
        has_touch=True, locale="ja-JP",
    )  # fmt: skip
    phone.add_init_script(WATCH)
    return phone


def opened(phone: BrowserContext, address: str, moment: str) -> float:
    """Milliseconds from the start of the visit to that moment."""
    page = phone.new_page()
    session = phone.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
    value = awaited(page, f"() => window.{moment}")
    page.close()
    return float(value)


def awaited(page: Page, expression: str) -> Any:
    """The page's own policy forbids Playwright's way of waiting."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if value := page.evaluate(expression):
            return value
        page.wait_for_timeout(100)
    raise RuntimeError(f"{expression} did not come true on {page.url}")


def first_visit(browser: Browser, address: str, name: str) -> float:
    phone = new_phone(browser)
    try:
        return opened(phone, address, "usable_at")
    finally:
        phone.close()


def second_visit(browser: Browser, address: str, name: str) -> float:
    """The first one lets the service worker keep the page."""
    phone = new_phone(browser)
    try:
        page = phone.new_page()
        page.goto(address)
        if name == "offline":
            awaited(page, "() => Boolean(navigator.serviceWorker.controller)")
            page.wait_for_timeout(1000)
            phone.set_offline(True)
        page.close()
        return opened(phone, address, "painted_at")
    finally:
        phone.close()


def main() -> None:
    asked = json.load(sys.stdin)
    wait_for_server(asked["base"])
    visit = second_visit if asked["again"] else first_visit
    found: dict[str, list[float]] = {name: [] for name in asked["pages"]}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*ARGUMENTS, f"--ignore-certificate-errors-spki-list={asked['trusted']}"],
        )
        for _ in range(asked["rounds"]):
            for name in random.sample(list(found), len(found)):
                address = asked["base"] + asked["pages"][name]
                found[name].append(visit(browser, address, name))
        browser.close()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
