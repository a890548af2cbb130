"""An app that was updated finds what an earlier one left on the phone, and sends it."""

import re

import pytest

from tests.browser.loop.story import People, only_sqlite
from tests.browser.phone.outbox import entries, until_states
from tests.browser.phone.past_outboxes import VERSIONS, script
from tests.house_rules.repository import ROOT

pytestmark = pytest.mark.browser

SCHEMA = """async () => {
  const database = await new Promise(done => {
    const opening = indexedDB.open("nafuda")
    opening.onsuccess = () => done(opening.result)
  })
  const indexes = [...database.transaction("outbox").objectStore("outbox").indexNames]
  const found = [database.version, [...database.objectStoreNames].sort(), indexes.sort()]
  database.close()
  return found
}"""
NEWER = """() => new Promise(done => {
  const opening = indexedDB.open("nafuda", 99)
  opening.onupgradeneeded = () => opening.result.createObjectStore("invented-later")
  opening.onsuccess = () => done(opening.result.close())
})"""


def test_every_version_that_was_on_phones_is_here() -> None:
    store = (ROOT / "static/js/outbox/store.js").read_text("utf-8")
    steps = re.search(r"const STEPS = \[\n(.*?)\n\]", store, re.S)
    assert steps
    newest = len(re.findall(r"=> \{$", steps[1], re.M))
    assert sorted(VERSIONS) == list(range(1, newest + 1))


@only_sqlite
@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_what_waited_under_an_old_schema_is_sent_under_the_new_one(
    people: People, version: int
) -> None:
    worker = people.worker()
    worker.go("/static/icons/app.svg")
    worker.page.evaluate(script(version), [worker.code, version])
    before = {entry["report_id"]: entry["bytes"] for entry in entries(worker)}
    worker.go("/")
    until_states(worker, "acked", "acked", "acked", "parked")
    after = {entry["report_id"]: entry["bytes"] for entry in entries(worker)}
    assert after == before
    expected = [max(VERSIONS), ["drafts", "meta", "outbox"], ["again", "draft", "state"]]
    assert worker.page.evaluate(SCHEMA) == expected
    worker.reads("同じ番号で、内容の違う報告がセンターにあります。")


@only_sqlite
def test_an_old_page_works_on_with_what_a_newer_one_has_added(people: People) -> None:
    worker = people.worker()
    worker.report_something()
    worker.page.evaluate(NEWER)
    worker.report_something()
    assert [entry["device_seq"] for entry in entries(worker)] == [1, 2]
