"""With the keyboard alone: everything is reached, seen where one is, and never covered."""

from typing import Any

import pytest

from tests.browser.loop.people import Person
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

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
    assert len(stops) > 5
    visited: list[dict[str, Any]] = []
    for _ in stops:
        page.keyboard.press("Tab")
        if where := page.evaluate(WHERE):
            visited.append(where)
    reached = {where["stop"] for where in visited}
    assert [text for place, text in enumerate(stops) if place not in reached] == []
    for fault in ("is_covered", "is_outside"):
        assert [where["name"] for where in visited if where[fault]] == [], fault
    assert [where["name"] for where in visited if not where["is_seen"]] == []


def test_the_badge_page(people: People) -> None:
    worker = people.worker()
    worker.scan()
    worker.is_ready_for_no_network()
    worker.page.locator("[name=item]").first.evaluate("box => { box.checked = true }")
    tab_through(worker)


def test_a_report_goes_by_keyboard_alone(people: People) -> None:
    worker = people.worker()
    worker.scan()
    worker.page.locator("[name=item]").first.focus()
    worker.page.keyboard.press("Space")
    worker.page.locator("[name=agreed_version]").focus()
    worker.page.keyboard.press("Space")
    worker.page.locator("#bar button.pri").focus()
    worker.page.keyboard.press("Enter")
    worker.arrives()


def test_the_instruction_on_the_phone(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.report_something()
    counsellor.instruct(worker.report_id, "R07")
    worker.gets_instruction()
    tab_through(worker)


def test_the_desk(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    tab_through(counsellor)


def test_the_composer(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    counsellor.take_template("R07")
    tab_through(counsellor)


def test_the_badges_in_the_office(people: People) -> None:
    clerk = people.clerk()
    clerk.go("/office/badges?text=A-000")
    tab_through(clerk)
