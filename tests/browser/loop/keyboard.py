"""Going through a screen with the Tab key alone."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.loop.people import Person

# One stop for each link, field and button on the screen, and one for each group of radio buttons.
STOPS = """() => {
  const groups = new Set()
  const all = document.querySelectorAll("a[href], button, input, textarea, select, summary")
  window.stops = [...all].filter(element => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false
    if (element.matches(":disabled, [type=hidden]") || element.tabIndex < 0) return false
    if (element.type !== "radio") return true
    const group = element.form?.action + element.name
    return !groups.has(group) && groups.add(group)
  })
  return stops.map(element => element.outerHTML.slice(0, 100))
}"""
# A date has a stop for each of its parts, and one for its calendar.
MOST_PRESSES = 4
TRIES = 3
# Radio buttons and check boxes show where one is on their whole row.
WHERE = """() => {
  const at = document.activeElement
  if (at === document.body) return null
  const is_group = element => at.type === "radio" && element.name === at.name
  const row = at.closest("label") ?? at
  const looks = [at, row].map(element => getComputedStyle(element))
  const { top, bottom } = row.getBoundingClientRect()
  const bars = [...document.querySelectorAll(".act, .tabs, .hd, .df, .rail")]
    .filter(bar => !bar.contains(at) && /sticky|fixed/.test(getComputedStyle(bar).position))
    .map(bar => bar.getBoundingClientRect())
  return {
    name: at.outerHTML.slice(0, 100),
    stop: stops.findIndex(element => element === at || is_group(element)),
    is_seen: looks.some(look => parseFloat(look.outlineWidth) > 0 && look.outlineStyle !== "none"),
    is_covered: bars.some(bar => bar.top < bottom - 1 && top + 1 < bar.bottom),
    is_outside: bottom < 1 || top > innerHeight - 1,
  }
}"""


def tab_through(person: Person) -> None:
    """From the top to the last stop; fails for what is unreached, unseen or covered. Where the
    page changed meanwhile, since something arrived, from the top once more."""
    page = person.page
    for _ in range(TRIES):
        stops: list[str] = page.evaluate(STOPS)
        visited, left = walk(page, len(stops))
        if page.evaluate("stops.every(element => element.isConnected)"):
            break
    assert len(stops) >= 5
    assert not left, f"{page.url}: not reached: {[stops[place] for place in left]}"
    for fault in ("is_covered", "is_outside"):
        wrong = [where["name"] for where in visited if where[fault]]
        assert not wrong, f"{page.url}: {fault}: {wrong}"
    # The browser itself draws the focus on a date's calendar, where no style of the page tells.
    seen = {where["stop"] for where in visited if where["is_seen"]}
    unseen = [where["name"] for where in visited if where["stop"] not in seen]
    assert not unseen, f"{page.url}: focus is not seen: {unseen}"


def walk(page: Page, count: int) -> tuple[list[dict[str, Any]], set[int]]:
    """Where one came by, and the stops that weren't reached."""
    visited: list[dict[str, Any]] = []
    left = set(range(count))
    for _ in range(count * MOST_PRESSES):
        page.keyboard.press("Tab")
        if where := page.evaluate(WHERE):
            visited.append(where)
            left.discard(where["stop"])
        if not left:
            break
    return visited, left
