"""Debian's Chromium, with nothing that leaves this machine."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from sqlite3 import connect
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

STAYS_HERE = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.*",
)

# What Chromium writes into its store for an authority that a person adds to be trusted.
TRUSTED = b"\x0a\x02\x08\x03"


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=list(STAYS_HERE)
    )


@contextmanager
def trusting(playwright: Playwright, profile: Path, authority: bytes) -> Iterator[Browser]:
    """One whose owner added this authority (DER) in its settings; it checks as for anybody."""
    open_profile(playwright, profile).close()
    row = (sha256(authority).hexdigest(), authority, TRUSTED)
    with closing(connect(profile / "Default" / "ServerCertificate")) as kept, kept:
        kept.execute("INSERT INTO certificates VALUES (?, ?, ?)", row)
    opened = open_profile(playwright, profile)
    assert opened.browser
    yield opened.browser
    opened.close()


def open_profile(playwright: Playwright, profile: Path, **options: Any) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=shutil.which("chromium"), args=list(STAYS_HERE), **options
    )
