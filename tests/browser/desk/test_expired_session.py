"""A counsellor whose session ends while writing loses nothing of what was written."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser

TITLE = "3分だけ待ってもらってください"
STEPS = "お客様に「確認に3分ください」と伝えてください\n責任者を呼んでください"


def test_what_was_typed_comes_back_after_signing_in_and_is_sent(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    page = counsellor.page
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    counsellor.take_template("R07")
    page.fill("#title", TITLE)
    page.fill("#steps", STEPS)
    expect(page.locator("#preview li")).to_have_count(2)
    counsellor.context.clear_cookies(name="nafuda_staff")
    page.locator(".df .btn.pri").click()
    counsellor.reads("時間が切れました。書いたものは残っています。")

    counsellor.give_password()
    counsellor.reads("書いたものは残っています")
    expect(page.locator("textarea[name=steps]")).to_have_value(STEPS)
    page.get_by_role("button", name="続ける").click()
    page.wait_for_selector(".undo")
    expect(page.locator("#detail h3", has_text=TITLE)).to_be_visible()


@only_sqlite
def test_the_list_left_open_says_that_it_stands_still(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.context.clear_cookies(name="nafuda_staff")
    worker.report_something()
    counsellor.reads("更新が止まっています")
    expect(counsellor.page.locator("#inbox h2").first).to_have_text("受信箱")
    expect(counsellor.page.locator("#password")).to_have_count(0)


@only_sqlite
def test_the_preview_left_open_stays_as_it_was(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    page = counsellor.page
    counsellor.go(f"/desk/reports/{worker.report_unseen()}")
    counsellor.take_template("R07")
    counsellor.context.clear_cookies(name="nafuda_staff")
    with page.expect_response("**/preview") as refused:
        page.fill("#title", TITLE)
    assert refused.value.status == 401
    expect(page.locator("#preview .ph2")).to_be_visible()
    expect(page.locator("#password")).to_have_count(0)
    expect(page.locator("#title")).to_have_value(TITLE)
