"""The desk goes on by itself, and leaves alone what a counsellor is in the middle of."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.story import People

pytestmark = pytest.mark.browser


def test_what_is_being_typed_stays_when_something_arrives(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    page = counsellor.page
    counsellor.go(f"/desk/reports/{worker.report_unseen()}/closure")
    page.fill("#result_summary", "お客様は買わずに帰りました")
    page.locator("[name=template][value=R17]").check()
    counsellor.sees_arrival(worker.report_something())
    expect(page.locator("#result_summary")).to_have_value("お客様は買わずに帰りました")
    expect(page.locator("[name=template][value=R17]")).to_be_checked()
    assert page.locator(".new").count() == 1


def test_a_list_with_something_in_it_does_not_move_under_the_finger(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    worker.report_unseen()
    counsellor.page.reload()
    rows = counsellor.page.locator("#inbox .cl a")
    before = rows.all_inner_texts()
    number = worker.report_something()
    expect(counsellor.newcomers).to_have_text("新着 1件を表示")
    assert len(before) == rows.count()
    counsellor.newcomers.click()
    expect(counsellor.row(number)).to_be_visible()
