"""The top of a phone's page: no word is torn apart, however long a place's name, however large."""

import pytest

from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]

TORN = """() => [...document.querySelectorAll(".hd .ib, .hd .nb")].filter(one => {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT)
  const words = document.createRange()
  const tops = new Set()
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest("rt")) continue
    words.selectNodeContents(walker.currentNode)
    for (const line of words.getClientRects()) tops.add(line.top)
  }
  return tops.size > 1
}).map(one => one.innerText)"""
LETTERS_ACROSS = """() => {
  const title = document.querySelector(".hd h1")
  return title.clientWidth / parseFloat(getComputedStyle(title).fontSize)
}"""


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_words_stay_whole_and_the_title_has_room(people: People, language: str) -> None:
    worker = people.worker("finance")
    worker.report_something()
    worker.go(f"/reports/{worker.report_id}?lang={language}")
    for width in (390, 320):
        worker.page.set_viewport_size({"width": width, "height": 700})
        for size in ("100%", "200%"):
            worker.page.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert worker.page.evaluate(TORN) == []
            assert worker.page.evaluate(LETTERS_ACROSS) >= 5
