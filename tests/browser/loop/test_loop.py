"""From the badge to the counsellor's desk, back to the phone, and to the end, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Counsellor, Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser

URGENT_SIGN, NOTABLE_SIGN = 0, 5
NOTE = "先週も同じカードを買いに来ました"


def report_urgently(worker: Worker) -> None:
    worker.scan()
    worker.tick(URGENT_SIGN)
    worker.tick(NOTABLE_SIGN)
    worker.here("yes")
    worker.write(NOTE)
    worker.promise()
    worker.send()


def answer_with_hold(counsellor: Counsellor, worker: Worker, title: str) -> None:
    """One tap on the template, a look at the preview, one tap to send."""
    counsellor.open(worker.receipt_no)
    counsellor.claim()
    counsellor.take_template("R07")
    counsellor.page.fill("#title", title)
    expect(counsellor.page.locator("#preview h2")).to_have_text(title)
    counsellor.send()


@only_sqlite
def test_an_urgent_sign_tells_what_to_do_before_anything_is_sent(people: People) -> None:
    worker = people.worker()
    worker.scan()
    aid = worker.page.locator(".aid").first
    call = worker.page.locator("#call-110")
    expect(aid).to_be_hidden()
    expect(call).to_be_hidden()
    worker.tick(URGENT_SIGN)
    expect(aid).to_contain_text("送るより先に、止める")
    expect(call).to_be_visible()
    assert worker.page.url.endswith(f"/B/{worker.code}")


def test_a_report_becomes_an_instruction_an_answer_and_an_end(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    counsellor.stays()
    report_urgently(worker)
    worker.stays()
    number = worker.receipt_no
    counsellor.sees_arrival(number, seconds=2)
    assert counsellor.has_stayed

    answer_with_hold(counsellor, worker, "3分だけ待ってもらってください")
    instruction = worker.gets_instruction()
    expect(instruction.locator("h2")).to_have_text("3分だけ待ってもらってください")
    assert worker.has_stayed

    counsellor.stays()
    worker.page.wait_for_timeout(1_500)
    worker.acknowledge()
    worker.tell_result("held")
    for step in ("送った", "開いた", "了解しました", "結果"):
        expect(counsellor.rung(step)).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    counsellor.reads("待ってもらえた")
    assert counsellor.has_stayed

    worker.stays()
    counsellor.close_with_thanks("お客様は買わずに帰りました")
    worker.reads("対応が終わりました。ありがとうございました", seconds=20)
    worker.reads("お客様は買わずに帰りました")
    assert worker.has_stayed
    worker.go("/")
    expect(worker.own_reports.filter(has_text=number)).to_contain_text("対応済み")


def test_an_instruction_taken_back_in_time_is_never_seen(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    report_id = report_and_wait(worker)
    counsellor.instruct(report_id, "R05")
    expect(counsellor.page.locator(".undo")).to_contain_text(re.compile(r"あと\d+秒で送ります"))
    counsellor.take_back()
    counsellor.reads("取り消しました")
    worker.page.wait_for_timeout(12_500)
    expect(worker.page.locator("[data-instruction]")).to_have_count(0)
    worker.page.reload()
    expect(worker.page.locator("[data-instruction]")).to_have_count(0)
    worker.reads("センターに届きました")


def report_and_wait(worker: Worker) -> str:
    worker.report_something(URGENT_SIGN)
    return worker.report_id
