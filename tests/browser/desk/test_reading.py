"""Names for the ear, and the way of the focus, on every page of the desk that one can click to."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk.busy_day import busy_day, every_page
from tests.browser.desk.reading import Reading
from tests.browser.loop.keyboard import tab_through
from tests.browser.loop.people import Person
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser

LOOKED_AGAIN = 500
FAULTY = """<main><h1>a</h1><h3>b</h3><button></button><div style="display:flex">
<button>送る</button><button style="order:-1">送る</button><a href="https://a.example/">見る</a><a href="https://b.example/">見る</a>
<form aria-label="ほか"><button>送る</button></form><a href="https://a.example/">見る</a></div></main>"""
FOCUSED = "document.activeElement.textContent.trim()"
SPOKEN = """() => {
  const regions = ["#arrivals", "#alarm"].map(one => document.querySelector(one))
  window.spoken = []
  const note = changes => changes.forEach(({ target, addedNodes }) => {
    const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target
    if (element?.closest("[aria-live=off]")) return
    const shown = [...addedNodes].filter(node => node.checkVisibility?.() ?? true)
    const words = target.data ?? shown.map(node => node.textContent).join("")
    if (words.trim()) spoken.push(words)
  })
  const watched = { childList: true, characterData: true, subtree: true }
  regions.forEach(region => new MutationObserver(note).observe(region, watched))
}"""


@only_sqlite
@pytest.mark.long
def test_every_page_is_read_and_gone_through_in_its_order(people: People) -> None:
    mori, others = busy_day(people)
    faults: list[str] = []
    visited: set[str] = set()
    for page in every_page(mori, others):
        visited.add(page)
        faults += [f"{page}: {one}" for one in Reading(mori.page).faults()]
        tab_through(mori)
    assert faults == []
    assert len(visited) > 20
    mori.go("/desk/threats")
    mori.page.locator("[value=listened]").first.check()
    mori.page.locator("[action$=outcome] button").first.click()


def test_a_faulty_page_is_found_out(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(FAULTY)
    assert Reading(page).faults() == [
        "no name: button in ()",
        "twice: button 送る in ()",
        "twice: link 見る in ()",
        "from h1 to h3",
        'not in its order: <button style="order:-1">送る</button>',
    ]
    page.close()


@only_sqlite
def test_the_focus_stays_when_something_arrives(people: People) -> None:
    worker, arriving, sato = people.worker("finance"), people.worker(), people.counsellor()
    worker.report_something()
    sato.go(f"/desk/reports/{worker.report_id}")
    for place in ("#inbox .cl a[aria-current]", "#detail [action$=claim] button"):
        sato.page.locator(place).focus()
        before = sato.page.evaluate(FOCUSED)
        assert before
        sato.sees_arrival(arriving.report_something(), seconds=10)
        assert sato.page.evaluate(FOCUSED) == before


def focus_comes_to(person: Person, words: str) -> None:
    person.page.wait_for_function(f"words => {FOCUSED}.includes(words)", arg=words)
    person.page.wait_for_timeout(LOOKED_AGAIN)
    assert words in person.page.evaluate(FOCUSED)


@only_sqlite
def test_after_a_form_the_focus_is_where_it_was_or_on_what_is_said(people: People) -> None:
    worker, sato, tanaka = people.worker(), people.counsellor(), people.counsellor(1)
    report_id = worker.report_unseen()
    tanaka.go(f"/desk/reports/{report_id}/closure")
    sato.go(f"/desk/reports/{report_id}")
    heading = sato.page.locator("#detail h2").first.inner_text()
    sato.page.locator("#detail [action$=claim] button").press("Enter")
    sato.page.locator("[action$=release]").wait_for()
    focus_comes_to(sato, heading)
    for before, after in (("通話中にする", "通話が終わった"), ("通話が終わった", "通話中にする")):
        sato.page.get_by_role("button", name=before).press("Enter")
        sato.page.get_by_role("button", name=after).wait_for()
        focus_comes_to(sato, after)
    tanaka.page.locator("[name=outcome][value=advice]").check()
    tanaka.page.locator("[action$=closure] .btn.pri").press("Enter")
    focus_comes_to(tanaka, "佐藤さん")


@only_sqlite
def test_what_arrives_is_said_once(people: People) -> None:
    """Politely what is new, at once what rings; nothing again as the clock goes on."""
    worker, other, sato = people.worker(), people.worker(), people.counsellor()
    other.report_unseen()
    sato.go("/desk")
    expect(sato.page.locator("#arrivals")).to_have_attribute("role", "status")
    expect(sato.page.locator("#alarm")).to_have_attribute("aria-live", "assertive")
    sato.page.evaluate(SPOKEN)
    report_id = worker.report_unseen(still_here="yes")
    sato.page.locator(f"#ring-{report_id}").wait_for()
    sato.newcomers.wait_for()
    for _ in range(3):
        with sato.page.expect_response("**/desk/alarm"):
            sato.page.evaluate("document.body.dispatchEvent(new Event('pulse'))")
    spoken = sato.page.evaluate("spoken")
    for words in ("新着 1件", "いま目の前"):
        assert len([one for one in spoken if words in one]) == 1, spoken
