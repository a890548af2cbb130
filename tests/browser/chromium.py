"""Debian's Chromium, with nothing that leaves this machine."""

import shutil

from playwright.sync_api import Browser, Playwright

STAYS_HERE = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def launch(playwright: Playwright, *more: str) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=[*STAYS_HERE, *more]
    )
