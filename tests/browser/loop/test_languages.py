"""The phone's side of the loop for those who read English or やさしい日本語."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.demo.town import PEOPLE, TOWN
from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

JAPANESE = re.compile(r"[ぁ-ヿ㐀-鿿々〆〇]")
KANJI = re.compile(r"[㐀-鿿々〆〇]")
NAMES = (
    *(name for name in TOWN.values() if isinstance(name, str)),
    *(name for _, name, _ in PEOPLE),
)

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
    places = sorted(
        [*NAMES, *worker.badge["workplace"].split(), worker.badge["workplace"]], key=len
    )
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


Check = Callable[[Worker], None]


def walk_to_the_report(worker: Worker, check: Check) -> None:
    """Past what one sees before a first report, and after it, to the screen that waits."""
    base = f"/B/{worker.code}"
    before = ["/contacts", "/B/ABC", f"/b/{worker.code}/pairing", "/language"]
    before += [f"{base}/guidance/CV-01", f"{base}/screens/hang_up", base]
    for path in ["/", *before]:
        worker.go(path)
        check(worker)
    worker.report_something()
    report = worker.page.url
    for path in ("/", "/notifications", base):
        worker.go(path)
        check(worker)
    worker.page.goto(report)
    check(worker)


def choose_plain_japanese(worker: Worker) -> None:
    worker.go("/")
    worker.page.get_by_role("link", name="ことば").first.click()
    worker.page.get_by_role("button", name="やさしい").click()
    worker.page.wait_for_url(f"{worker.server.base}/")


@pytest.mark.long
def test_the_loop_in_english_and_in_plain_japanese(people: People) -> None:
    english, plain = people.worker(locale="en-US"), people.worker()
    counsellor = people.counsellor()
    choose_plain_japanese(plain)
    readers: list[tuple[Worker, Check]] = [
        (english, nothing_in_japanese), (plain, every_kanji_with_its_reading)
    ]  # fmt: skip
    for reader, check in readers:
        walk_to_the_report(reader, check)
        counsellor.instruct(reader.report_id, "R07")
    for reader, check in readers:
        reader.gets_instruction()
        check(reader)
        reader.acknowledge()
        check(reader)
        reader.tell_result("held")
        check(reader)
    english.reads("Ask your manager whether this can wait")
    counsellor.go(f"/desk/reports/{english.report_id}")
    counsellor.close_with_thanks()
    counsellor.go(f"/desk/reports/{plain.report_id}")
    if counsellor.page.locator("[href$=closure]").count():
        counsellor.close_with_thanks()
    english.reads("Closed. Thank you", seconds=20)
    plain.reads("ありがとうございました", seconds=20)
    for reader, check in readers:
        check(reader)
        reader.go("/")
        check(reader)


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
