"""One report for each press of 送る: not two, and not none."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


def filled_in(worker: Worker) -> None:
    worker.scan()
    worker.tick(0)
    worker.promise()


def reports_at_home(worker: Worker, number: int) -> None:
    worker.go("/")
    expect(worker.own_reports).to_have_count(number)


def test_a_double_click_sends_one(people: People) -> None:
    worker = people.worker()
    filled_in(worker)
    worker.page.locator("#bar button.pri").dblclick()
    worker.arrives()
    reports_at_home(worker, 1)


def test_two_tabs_send_one_each(people: People) -> None:
    worker = people.worker()
    filled_in(worker)
    first, worker.page = worker.page, worker.context.new_page()
    filled_in(worker)
    for tab in (first, worker.page):
        tab.locator("#bar button.pri").click(no_wait_after=True)
    for tab in (first, worker.page):
        tab.wait_for_url("**/reports/**", timeout=15_000)
    assert first.url != worker.page.url
    reports_at_home(worker, 2)


@only_sqlite
def test_going_back_sends_nothing_again(people: People) -> None:
    worker = people.worker()
    worker.go("/")
    filled_in(worker)
    worker.send()
    worker.page.go_back()
    expect(worker.page.locator("#report, a.it").first).to_be_visible()
    worker.page.wait_for_timeout(1_000)
    reports_at_home(worker, 1)


@only_sqlite
def test_what_was_sent_cannot_be_sent_from_the_same_page_again(people: People) -> None:
    worker = people.worker()
    filled_in(worker)
    worker.context.set_offline(True)
    worker.send(waits=False)
    worker.reads("まだ届いていません")
    expect(worker.page.locator("#report")).to_be_hidden()
    worker.context.set_offline(False)
    worker.arrives()
    reports_at_home(worker, 1)
