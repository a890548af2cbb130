"""The loop on phones and PCs that run no script: the same addresses, by reloading."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser

NOTE = "先週も同じカードを買いに来ました"


def plain_worker(people: People) -> Worker:
    return people.worker(java_script_enabled=False)


def plain_counsellor(people: People) -> Counsellor:
    return people.counsellor(java_script_enabled=False)


def reloaded_until(worker: Worker, selector: str) -> None:
    """As a person does who waits: look, wait a little, load again."""
    for _ in range(20):
        worker.page.reload()
        if worker.page.locator(selector).count():
            return
        worker.page.wait_for_timeout(1_000)
    raise AssertionError(f"{selector} never came")


@only_sqlite
def test_ticking_alone_shows_what_to_do(people: People) -> None:
    worker = plain_worker(people)
    worker.scan()
    aid = worker.page.locator(".aid").first
    expect(aid).to_be_hidden()
    worker.tick(0)
    expect(aid).to_contain_text("送るより先に、止める")
    worker.page.locator("[name=item]").first.uncheck()
    expect(aid).to_be_hidden()


def test_what_is_missing_is_said_and_what_was_written_is_kept(people: People) -> None:
    worker = plain_worker(people)
    page = worker.page
    worker.scan()
    worker.write(NOTE)
    worker.here("yes")
    worker.promise()
    worker.press_send()
    expect(page.locator("#errors li")).to_have_text(["1つ以上に✓してください。"])
    assert page.title().startswith("エラー")
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("[name=answer-still_here][value=yes]")).to_be_checked()

    worker.tick(0)
    worker.tick(5)
    page.locator("[name=agreed_version]").uncheck()
    worker.press_send()
    expect(page.locator("#errors li")).to_contain_text(["お約束"])
    for place in (0, 5):
        expect(page.locator("[name=item]").nth(place)).to_be_checked()
    expect(page.locator("#note")).to_have_value(NOTE)

    worker.promise()
    worker.send()
    worker.reads("センターに届きました")


def test_neither_a_double_click_nor_going_back_sends_twice(people: People) -> None:
    worker = plain_worker(people)
    worker.scan()
    worker.tick(0)
    worker.promise()
    worker.page.locator("#bar button.pri").dblclick()
    worker.arrives()
    worker.page.reload()
    worker.page.go_back()
    worker.page.go_forward()
    worker.go("/")
    expect(worker.own_reports).to_have_count(1)


def test_the_whole_loop_goes_by_reloading(people: People) -> None:
    worker, counsellor = plain_worker(people), plain_counsellor(people)
    page = counsellor.page
    number = worker.report_something()
    page.reload()
    counsellor.open(number)
    counsellor.claim()
    counsellor.take_template("R07")
    page.fill("#title", "3分だけ待ってもらってください")
    page.locator("#preview-button").click()
    expect(page.locator("#preview h2")).to_have_text("3分だけ待ってもらってください")
    expect(page.locator("#title")).to_have_value("3分だけ待ってもらってください")
    counsellor.send()
    expect(page.locator(".undo")).to_contain_text("10秒後に送ります")

    reloaded_until(worker, "[data-instruction]")
    worker.reads("3分だけ待ってもらってください")
    worker.acknowledge()
    worker.tell_result("held")
    page.reload()
    for step in ("送った", "了解しました", "結果"):
        expect(counsellor.rung(step)).to_be_visible()

    counsellor.close_with_thanks("お客様は買わずに帰りました")
    reloaded_until(worker, "text=お客様は買わずに帰りました")
    worker.go("/")
    expect(worker.own_reports.filter(has_text=number)).to_contain_text("対応済み")
