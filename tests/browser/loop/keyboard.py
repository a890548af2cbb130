"""Going through a screen with the Tab key alone."""

from typing import Any

from tests.browser.loop.people import Person

# One stop for each link, field and button on the screen, and one for each group of radio buttons.
STOPS = """() => {
  const groups = new Set()
  const all = document.querySelectorAll("a[href], button, input, textarea, select, summary")
  window.stops = [...all].filter(element => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false
    if (element.disabled || element.type === "hidden" || element.tabIndex < 0) return false
    if (element.type !== "radio") return true
    const group = element.form?.action + element.name
    return !groups.has(group) && groups.add(group)
  })
  return stops.map(element => element.outerHTML.slice(0, 100))
}"""
# Year, month, day and the calendar are stops of one field; the calendar has a ring of its own.
WITHIN_A_DAY = 3
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
    """From the top to the last stop; fails for what is unreached, unseen or covered."""
    page = person.page
    stops: list[str] = page.evaluate(STOPS)
    assert len(stops) >= 5
    visited: list[dict[str, Any]] = []
    days = sum('type="date"' in stop for stop in stops)
    for _ in range(len(stops) + WITHIN_A_DAY * days):
        page.keyboard.press("Tab")
        if where := page.evaluate(WHERE):
            visited.append(where)
    reached = {where["stop"] for where in visited}
    assert [text for place, text in enumerate(stops) if place not in reached] == []
    for fault in ("is_covered", "is_outside"):
        assert [where["name"] for where in visited if where[fault]] == [], fault
    seen = {where["stop"] for where in visited if where["is_seen"]}
    assert [where["name"] for where in visited if where["stop"] not in seen] == []
