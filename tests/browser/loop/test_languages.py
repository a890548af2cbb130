"""The phone's side of the loop for those who read English or やさしい日本語."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.demo.town import PEOPLE, TOWN
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People

pytestmark = pytest.mark.browser

JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿々〆〇]")
KANJI = re.compile(r"[㐀-鿿々〆〇]")
NAMES = (*(value for value in TOWN.values()), *(name for _, name, _ in PEOPLE))

# Every text and attribute that is in the page's own language, on the screen or still hidden.
IN_OUR_LANGUAGE = """ruby => {
  const ours = element => element.closest("[lang]") === document.documentElement
  const skipped = ruby ? "script, style, noscript, ruby" : "script, style, noscript"
  const texts = ruby ? [] : [document.title]
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const { parentElement: at, data } = walker.currentNode
    if (ours(at) && !at.closest(skipped)) texts.push(data)
  }
  for (const element of document.body.querySelectorAll("[aria-label], [placeholder], [title]")) {
    if (ours(element) && !ruby) texts.push(element.ariaLabel, element.placeholder, element.title)
  }
  return texts.filter(text => text?.trim())
}"""


def left_over(worker: Worker, letters: re.Pattern[str], ruby: bool = False) -> list[str]:
    """Texts of this page with such letters in them, apart from the names of places and people."""
    texts = worker.page.evaluate(IN_OUR_LANGUAGE, ruby)
    places = sorted([*NAMES, *worker.badge["workplace"].split(), worker.badge["workplace"]], key=len)
    for name in reversed(places):
        texts = [text.replace(name, "") for text in texts]
    return [text.strip() for text in texts if letters.search(text)]


def nothing_in_japanese(worker: Worker) -> None:
    expect(worker.page.locator("html")).to_have_attribute("lang", "en")
    assert left_over(worker, JAPANESE) == [], worker.page.url


def every_kanji_with_its_reading(worker: Worker) -> None:
    expect(worker.page.locator("html")).to_have_attribute("lang", "ja-x-yasashii")
    expect(worker.page.locator("ruby").first).to_be_attached()
    assert left_over(worker, KANJI, ruby=True) == [], worker.page.url


def walk_before_sending(worker: Worker, check: Callable[[Worker], None]) -> None:
    base = f"/B/{worker.code}"
    paths = ["/", "/contacts", "/B/ABC", f"/b/{worker.code}/pairing", base, f"{base}/guidance/CV-01"]
    paths += [f"{base}/screens/hang_up", "/language"]
    for path in paths:
        worker.go(path)
        check(worker)


def walk_after_sending(worker: Worker, check: Callable[[Worker], None]) -> None:
    check(worker)
    for path in ("/", "/notifications", f"/B/{worker.code}"):
        worker.go(path)
        check(worker)
    worker.page.go_back()


def choose_language(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/")
    page.get_by_role("link", name="ことば").first.click()
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"{base}/")


def test_the_loop_in_english(people: People) -> None:
    worker, counsellor = people.worker(locale="en-US"), people.counsellor()
    walk_before_sending(worker, nothing_in_japanese)
    worker.report_something()
    report = worker.page.url
    walk_after_sending(worker, nothing_in_japanese)
    worker.page.goto(report)
    counsellor.instruct(worker.report_id, "R07")
    instruction = worker.gets_instruction()
    expect(instruction.locator("h2")).to_have_text("Ask your manager whether this can wait")
    nothing_in_japanese(worker)
    worker.acknowledge()
    nothing_in_japanese(worker)
    worker.tell_result("held")
    nothing_in_japanese(worker)
    counsellor.page.reload()
    counsellor.close_with_thanks()
    worker.reads("Closed. Thank you", seconds=20)
    nothing_in_japanese(worker)
    worker.go("/")
    nothing_in_japanese(worker)


def test_words_only_in_japanese_are_marked_so_for_english_readers(people: People) -> None:
    worker, counsellor = people.worker(locale="en-US"), people.counsellor()
    worker.report_something()
    counsellor.go(f"/desk/reports/{worker.report_id}")
    counsellor.take_template("R07")
    counsellor.page.fill("#title", "3分だけ待ってもらってください")
    counsellor.page.fill("#say", "確認に3分だけください。")
    counsellor.send()
    instruction = worker.gets_instruction()
    expect(instruction).to_contain_text("3分だけ待ってもらってください")
    expect(instruction.locator(".tag2")).to_have_text("Japanese only")
    nothing_in_japanese(worker)


def test_the_loop_in_plain_japanese(people: People) -> None:
    worker, counsellor = people.worker(), people.counsellor()
    choose_language(worker.page, worker.server.base, "やさしい")
    walk_before_sending(worker, every_kanji_with_its_reading)
    worker.report_something()
    report = worker.page.url
    walk_after_sending(worker, every_kanji_with_its_reading)
    worker.page.goto(report)
    counsellor.instruct(worker.report_id, "R07")
    worker.gets_instruction()
    every_kanji_with_its_reading(worker)
    worker.acknowledge()
    every_kanji_with_its_reading(worker)
    worker.tell_result("held")
    counsellor.page.reload()
    counsellor.close_with_thanks()
    worker.reads("ありがとうございました", seconds=20)
    every_kanji_with_its_reading(worker)
