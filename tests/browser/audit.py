"""Looks at a screen as those do who see little, see it differently, or hold a small phone."""

from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pictures.album import Album

PHONE_WIDTH = 520
NARROWEST = 320
# The dark has colours of its own, and nothing else.
RULES: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
AXE = Axe().axe_script
IS_THERE = "() => 'axe' in window"
VIOLATIONS = "async rules => (await axe.run(rules)).violations"
LARGE_TEXT = "scale => { document.documentElement.style.fontSize = scale }"
# Long tables may scroll in a box of their own.
SIDEWAYS = """() => {
  const name = element => element.outerHTML.slice(0, 90)
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX)
  const boxes = [...document.querySelectorAll("body *")].filter(scrolls)
    .filter(box => !box.matches(".scroll, textarea") && box.scrollWidth > box.clientWidth + 1)
  const page = document.scrollingElement
  const wide = page.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5).slice(-3)
  return [...page.scrollWidth <= innerWidth ? [] : [`${page.scrollWidth} > ${innerWidth}`],
    ...[...boxes, ...wide].map(name)]
}"""


class Audit(Album):
    """Goes through the screens like an album; notes, and takes pictures of, what is wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seen: set[str] = set()
        self.wrong: dict[str, list[str]] = {"light": [], "dark": [], "narrow": [], "enlarged": []}

    def take(self, page: Page, name: str, *, full: bool = False) -> None:
        self.seen.add(name)
        self._axe(page, name, "dark")
        self._axe(page, name, "light")
        size = page.viewport_size
        assert size
        if size["width"] <= PHONE_WIDTH:
            page.evaluate(LARGE_TEXT, "200%")
            self._note("enlarged", page, name, page.evaluate(SIDEWAYS))
            page.evaluate(LARGE_TEXT, "")
        page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        self._note("narrow", page, name, page.evaluate(SIDEWAYS))
        page.set_viewport_size(size)

    def both(self, page: Page, name: str) -> None:
        self.take(page, name)

    def _axe(self, page: Page, name: str, scheme: Literal["light", "dark"]) -> None:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if not page.evaluate(IS_THERE):
            page.evaluate(AXE)
        found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, RULES[scheme])
        for one in found:
            self._note(scheme, page, name, [one["id"], *(str(n["target"]) for n in one["nodes"])])

    def _note(self, kind: str, page: Page, name: str, found: list[str]) -> None:
        if found:
            self.wrong[kind].append(f"{name}: {' | '.join(found)}")
            super().take(page, f"{kind}_{name}")
