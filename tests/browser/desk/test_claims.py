"""Two counsellors press 担当する in the same moment: one has it, the other reads who."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Counsellor
from tests.browser.loop.story import People

pytestmark = pytest.mark.browser

ROUNDS = 10
PRESS_AT = """moment => setTimeout(
  () => document.querySelector("#detail [action$=claim]").requestSubmit(), moment - Date.now())"""


def press_together(counsellors: list[Counsellor]) -> None:
    moment = counsellors[0].page.evaluate("Date.now() + 300")
    for counsellor in counsellors:
        counsellor.page.evaluate(PRESS_AT, moment)


def settled(counsellor: Counsellor) -> str:
    """What the screen says once the answer is there: who has the report."""
    page = counsellor.page
    page.locator("[action$=release]").or_(page.locator("[role=alert]")).wait_for()
    if page.locator("[role=alert]").count():
        return page.locator("[role=alert]").inner_text()
    return page.locator("#detail .dh .s").inner_text()


def test_of_two_who_press_at_once_one_has_it_and_the_other_reads_who(people: People) -> None:
    worker = people.worker()
    names = ["佐藤", "田中"]
    pair = [people.counsellor(place) for place in (0, 1)]
    for _ in range(ROUNDS):
        report_id = worker.report_unseen()
        for counsellor in pair:
            counsellor.go(f"/desk/reports/{report_id}")
        press_together(pair)
        screens = [settled(counsellor) for counsellor in pair]
        winner = names[0] if screens[0] == names[0] else names[1]
        loser = pair[1 - names.index(winner)]
        assert sorted(screens) == sorted(
            [winner, f"{winner}さんが先に担当しました。最新を表示します。"]
        )
    loser.go(f"/desk/reports/{report_id}")
    expect(loser.page.locator("#detail .dh .s")).to_have_text(winner)
    expect(loser.page.locator("#detail [action$=claim]")).to_have_count(0)
