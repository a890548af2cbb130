"""What became of it, told with script: nothing that looks like a name leaves unasked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.loop.test_loop import answer_with_hold

pytestmark = [pytest.mark.browser, only_sqlite]
NOTE = "店長の山田さんと対応"


def asked_how_it_ended(people: People, worker: Worker) -> None:
    worker.scan()
    worker.tick(0)
    worker.promise()
    worker.send()
    answer_with_hold(people.counsellor(), worker, "支払いを待ってもらってください")
    worker.page.locator("[action$=acknowledgement] button").click()
    worker.page.locator("#result-note").wait_for()


def test_a_name_is_asked_about_and_so_is_a_missing_choice(people: People, tmp_path: Path) -> None:
    worker = people.worker()
    asked_how_it_ended(people, worker)
    form = worker.page.locator("[action$=result]")
    form.get_by_role("button").click()
    expect(form.locator("[data-tells=refused]")).to_be_visible()
    form.locator("[value=held]").check()
    form.locator("#result-note").fill(NOTE)
    form.get_by_role("button").click()
    expect(form.locator("[data-tells=suspicious]")).to_be_visible()
    expect(form.locator("[data-tells=refused]")).to_be_hidden()
    audit = Audit(tmp_path / "wrong")
    audit.take(worker.page, "result")
    assert not any(audit.wrong.values()), audit.wrong
    form.get_by_label("だれの名前や番号でもない").check()
    form.get_by_role("button").click()
    worker.reads("結果を送りました")
    desk = people.counsellor(1)
    desk.go(f"/desk/reports/{worker.report_id}")
    desk.page.locator("a[href*='/desk/instructions/'][href$='/masking']").click()
    desk.page.get_by_role("button", name="選んだところを伏せる").click()
    desk.reads("店長の■■と対応")


def test_without_script_the_form_comes_back(people: People) -> None:
    worker = people.worker(java_script_enabled=False)
    worker.scan()
    worker.tick(0)
    worker.promise()
    worker.press_send()
    worker.page.wait_for_url("**/reports/**")
    answer_with_hold(people.counsellor(), worker, "支払いを待ってもらってください")
    form = worker.page.locator("[action$=result]")
    acknowledgement = worker.page.locator("[action$=acknowledgement] button")
    for _ in range(15):
        worker.page.wait_for_timeout(1000)
        worker.page.reload()
        if acknowledgement.count():
            break
    acknowledgement.click()
    form.locator("[value=held]").check()
    form.locator("#result-note").fill(NOTE)
    form.get_by_role("button").click()
    worker.reads("名前や番号のような文字があります")
    expect(form.locator("#result-note")).to_have_value(NOTE)
    form.get_by_label("だれの名前や番号でもない").check()
    form.get_by_role("button").click()
    worker.reads("結果を送りました")
