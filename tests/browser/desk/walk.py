"""A walk by the clock: taps and keys are counted, and the waiting after each of them."""

from time import perf_counter

from playwright.sync_api import Locator, Page

# Chromium's own throttles; the line is that of bench's `first_visit_slow3g`.
SLOW_PROCESSOR = 4
SLOW_LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
LONGEST = 30_000


class Walk:
    """`waited` is machine time in seconds: what a person thinks or aims in between isn't in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0
        self.waited = 0.0

    def slow_down(self) -> None:
        line = self.page.context.new_cdp_session(self.page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_PROCESSOR})
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_LINE)

    def tap(self, what: Locator, then: Locator) -> None:
        """Until `then` could be tapped: seen, at rest, and covered by nothing."""
        what.tap(trial=True)
        began = perf_counter()
        what.tap()
        then.tap(trial=True, timeout=LONGEST)
        self._count(began)

    def press(self, key: str, then: Locator) -> None:
        began = perf_counter()
        self.page.keyboard.press(key)
        then.wait_for(timeout=LONGEST)
        self._count(began)

    def _count(self, began: float) -> None:
        self.steps += 1
        self.waited += perf_counter() - began
