"""あとで: two taps at the roadside keep what was seen and when; the words come later."""

import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.phone.outbox import entries

pytestmark = [pytest.mark.browser, only_sqlite]

NOTABLE, LATER = 4, "#write-later"


def opened(worker: Worker) -> None:
    worker.scan()
    worker.page.locator(LATER).wait_for(state="attached")


def kept_for_later(worker: Worker) -> None:
    opened(worker)
    worker.tick(NOTABLE)
    worker.page.click(LATER)
    worker.reads("✓と時刻をこの端末に残しました")


def test_there_is_nothing_to_keep_before_a_tick(people: People) -> None:
    worker = people.worker()
    opened(worker)
    expect(worker.page.locator(LATER)).to_be_hidden()
    worker.tick(NOTABLE)
    expect(worker.page.locator(LATER)).to_be_visible()


@pytest.mark.parametrize("network", [True, False])
def test_a_draft_comes_back_at_the_badge_and_is_consumed_by_sending(
    people: People, network: bool
) -> None:
    worker = people.worker()
    kept_for_later(worker)
    if not network:
        worker.is_ready_for_no_network()
        worker.context.set_offline(True)
    opened(worker)
    worker.reads("入力中(まだ送っていません)")
    expect(worker.page.locator("[name=item]:checked")).to_have_count(0)
    worker.page.get_by_role("link", name="続きを書く").click()
    expect(worker.page.locator("[name=item]:checked")).to_have_count(1)
    worker.promise()
    worker.send(waits=False)
    worker.context.set_offline(False)
    worker.arrives()
    assert entries(worker, "drafts") == []
    assert len(entries(worker)) == 1


def test_a_draft_stands_on_the_home_screen_and_leads_back(people: People) -> None:
    worker = people.worker()
    worker.report_something()
    kept_for_later(worker)
    worker.go("/")
    worker.reads("入力中(まだ送っていません)")
    worker.page.get_by_role("link", name="続きを書く").click()
    expect(worker.page.locator("[name=item]:checked")).to_have_count(1, timeout=10_000)
    worker.go("/")
    worker.page.get_by_role("button", name="消す").click()
    expect(worker.page.locator("#drafts")).to_be_hidden()
    assert entries(worker, "drafts") == []


def test_a_draft_never_holds_what_was_written(people: People) -> None:
    worker = people.worker()
    opened(worker)
    worker.write("先週も来ました")
    worker.here("no")
    worker.tick(NOTABLE)
    worker.promise()
    worker.page.click(LATER)
    worker.reads("ひとことは残りません")
    (draft,) = entries(worker, "drafts")
    assert {name for name, _ in draft["checked"]} == {"item", "answer-still_here"}
    assert "先週" not in str(draft)
    assert worker.page.input_value("#note") == "先週も来ました"


def test_keeping_it_twice_is_one_draft_with_its_first_time(people: People) -> None:
    worker = people.worker()
    kept_for_later(worker)
    (first,) = entries(worker, "drafts")
    worker.tick(NOTABLE + 1)
    worker.page.click(LATER)
    expect(worker.page.locator("#drafts [data-others]")).to_be_visible()
    (second,) = entries(worker, "drafts")
    assert (second["at"], len(second["checked"])) == (first["at"], 2)
