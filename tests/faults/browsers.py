"""A real Chromium as somebody's phone: its profile outlives it, as a phone's storage does."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.async_api import BrowserContext, Error, Page, async_playwright

from tests.browser.chromium import STAYS_HERE
from tests.browser.loop.keeping import KEPT
from tests.browser.loop.people import PHONE

ENTRIES = """async () => {
  const read = request => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
  const database = await read(indexedDB.open("nafuda"))
  const names = ["outbox", "meta"].filter(name => database.objectStoreNames.contains(name))
  if (names.length < 2) { database.close(); return { entries: [], meta: [] } }
  const stores = database.transaction(names)
  const [entries, meta] = await Promise.all(
    names.map(name => read(stores.objectStore(name).getAll())))
  database.close()
  const base64 = bytes => btoa(String.fromCharCode(...bytes ?? []))
  return { entries: entries.map(one => ({ ...one, bytes: base64(one.bytes) })), meta }
}"""


class BrowserPhone:
    """Started, killed and started again on one profile. `base`: the proxy's address."""

    def __init__(self, base: str, code: str) -> None:
        self.base, self.code = base, code
        self.profile = Path(tempfile.mkdtemp(prefix="nafuda-chromium-"))
        self.confirmed: dict[str, dict[str, Any]] = {}

    async def __aenter__(self) -> Self:
        self._playwright = await async_playwright().start()
        await self.begin()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        await self._playwright.stop()
        shutil.rmtree(self.profile, ignore_errors=True)

    async def begin(self) -> None:
        self.context: BrowserContext = await self._playwright.chromium.launch_persistent_context(
            self.profile, executable_path=shutil.which("chromium"), headless=True, viewport=PHONE,
            args=[*STAYS_HERE, f"--crash-dumps-dir={self.profile}"],
        )  # fmt: skip
        self.page: Page = self.context.pages[0]

    def kill(self) -> None:
        """kill -9 of the browser and all its processes, found by their profile."""
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and str(self.profile) in command_of(process):
                try:
                    os.kill(int(process.name), signal.SIGKILL)
                except ProcessLookupError:
                    continue

    async def rise(self) -> None:
        (self.profile / "SingletonLock").unlink(missing_ok=True)
        await self.begin()

    async def scan(self) -> None:
        """Again, where the page was just going somewhere by itself: a finger would do the same."""
        address = f"{self.base}/B/{self.code}"
        try:
            await self.page.goto(address)
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
            await self.page.goto(address)

    async def kept(self) -> None:
        """The service worker is in charge and keeps this page."""
        await self.page.evaluate(KEPT, [f"/B/{self.code}"])

    async def fill(self) -> None:
        await self.page.locator("[name=item]").first.check()
        promise = self.page.locator("[name=agreed_version]")
        if await promise.count():
            await promise.check()

    async def press(self) -> None:
        """Press 送る, until the screen says that it is kept: from then on it counts."""
        await self.page.locator("#bar button.pri").click(no_wait_after=True)
        for _ in range(200):
            await self.confirm()
            if self.confirmed:
                return
            await self.page.wait_for_timeout(10)
        raise AssertionError("nothing was kept")

    async def wait(self, milliseconds: float) -> None:
        await self.page.wait_for_timeout(milliseconds)

    async def later(self) -> None:
        """From the next page on a minute has passed, so that no lease holds it up."""
        await self.context.add_init_script("const now = Date.now; Date.now = () => now() + 60_000")

    async def confirm(self) -> None:
        for entry in (await self.look())["entries"]:
            self.confirmed.setdefault(entry["report_id"], entry)

    async def look(self) -> dict[str, Any]:
        for _ in range(20):
            try:
                facts: dict[str, Any] = await self.page.evaluate(ENTRIES)
                break
            except Exception:
                await self.page.wait_for_load_state()
        else:
            raise AssertionError("the page doesn't come to rest")
        cookies = await self.context.cookies()
        tokens = [one["value"] for one in cookies if one["name"] == "nafuda_device"]
        return facts | {"confirmed": list(self.confirmed.values()), "tokens": tokens}

    async def settled(self, seconds: float = 20) -> dict[str, Any]:
        """What it has when nothing waits any more."""
        for _ in range(int(seconds * 10)):
            facts = await self.look()
            if all(one["state"] not in ("sealed", "sending") for one in facts["entries"]):
                return facts
            await self.page.wait_for_timeout(100)
        return await self.look()


def command_of(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
