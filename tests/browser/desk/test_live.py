"""The desk goes on by itself, and leaves alone what a counsellor is in the middle of."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.story import People

pytestmark = pytest.mark.browser


def test_what_is_being_typed_stays_when_something_arrives(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    page = counsellor.page
    worker.scan()
    worker.tick(0)
    worker.here("yes")
    worker.promise()
    worker.send()
    counsellor.go(f"/desk/reports/{worker.report_id}")
    page.fill("#q", "港町")
    page.fill("#line", "そのまま、話を続けて")
    counsellor.sees_arrival(people.worker().report_something())
    expect(page.locator("#line")).to_have_value("そのまま、話を続けて")
    expect(page.locator("#q")).to_have_value("港町")
    assert page.locator(".new").count() == 1


def test_a_list_with_something_in_it_does_not_move_under_the_finger(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.report_unseen()
    counsellor.page.reload()
    number = people.worker().report_something()
    expect(counsellor.newcomers).to_have_text("新着 1件を表示")
    expect(counsellor.row(number)).to_have_count(0)
    counsellor.newcomers.click()
    expect(counsellor.row(number)).to_be_visible()
