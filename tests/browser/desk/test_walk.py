"""From the report that rings to the instruction that is sent: three taps, or three keys."""

import re
from time import perf_counter

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk.walk import Walk
from tests.browser.loop.people import Counsellor
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

MOST_STEPS = 3
MOST_SECONDS = 15


def ringing(counsellor: Counsellor, report_id: str) -> Locator:
    bar = counsellor.page.locator(f"#ring-{report_id}")
    bar.wait_for(timeout=10_000)
    return bar


def told(walk: Walk, how: str) -> None:
    print(f"\n{how}: {walk.steps} steps, {walk.waited:.2f} s of machine time")
    assert walk.steps <= MOST_STEPS
    assert walk.waited <= MOST_SECONDS


@pytest.mark.parametrize("speed", ["as it is", "slowed down"])
def test_an_urgent_report_is_answered_with_three_taps(people: People, speed: str) -> None:
    worker, counsellor = people.worker(), people.counsellor(has_touch=True)
    report_id = worker.report_unseen(still_here="yes")
    worker.go(f"/reports/{report_id}")
    bar = ringing(counsellor, report_id)
    page, walk = counsellor.page, Walk(counsellor.page)
    if speed == "slowed down":
        walk.slow_down()
    began = perf_counter()
    walk.tap(bar.locator("[action$=claim] button"), page.locator(".nx a").first)
    walk.tap(page.locator(".nx a").first, page.locator(".df .pri"))
    walk.tap(page.locator(".df .pri"), page.locator(".undo button"))
    told(walk, f"by taps, {speed}")
    worker.gets_instruction()
    print(f"on the phone after {perf_counter() - began:.1f} s, ten to take it back")


def test_an_urgent_report_is_answered_with_three_keys(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.report_unseen()
    counsellor.page.reload()
    report_id = worker.report_unseen(still_here="yes")
    ringing(counsellor, report_id)
    page, walk = counsellor.page, Walk(counsellor.page)
    walk.press("a", page.locator(f"#detail[data-report='{report_id}'] .nx"))
    walk.press("r", page.locator("#composer"))
    walk.press("Control+Enter", page.locator(".undo button"))
    told(walk, "by keys")
    expect(page.locator("#detail .dh .s")).to_have_text("佐藤")


def test_typing_a_line_break_or_the_keys_of_the_list_never_sends(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    counsellor.page.keyboard.press("r")
    steps = counsellor.page.locator("#steps")
    steps.fill("声を掛ける")
    steps.press("End")
    counsellor.page.keyboard.press("Enter")
    counsellor.page.keyboard.type("art")
    expect(steps).to_have_value("声を掛ける\nart")
    counsellor.page.locator("#title").press("Enter")
    expect(counsellor.page.locator("#composer")).to_be_visible()
    expect(counsellor.page).to_have_url(re.compile("/instructions/new$"))
    steps.press("Control+Enter")
    counsellor.page.locator(".undo button").wait_for()
