"""The clerk's locked-down PC runs no script: badges are stopped and printed all the same."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.loop.people import Clerk
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


def at_the_badges(people: People, query: str = "") -> Clerk:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go(f"/office/badges{query}")
    return clerk


def test_a_lost_badge_is_stopped_in_two_clicks(people: People) -> None:
    worker = people.worker()
    clerk = at_the_badges(people, f"?text={worker.badge['number']}")
    clerk.page.get_by_role("link", name="詳細").click()
    clerk.page.get_by_role("button", name="この名札を停止する").click()
    expect(clerk.page.locator(".th .s")).to_have_text("停止(紛失)")
    worker.scan()
    worker.reads("この名札は使えません")

    clerk.page.get_by_role("button", name="代わりの名札を発行する").click()
    expect(clerk.page.locator(".th .s")).to_have_text("再発行")


def test_badges_are_ticked_and_come_as_a_pdf(people: People, tmp_path: Path) -> None:
    clerk = at_the_badges(people)
    for place in range(3):
        clerk.page.locator("[name=badge]").nth(place).check()
    clerk.page.locator("[name=sides][value=duplex]").check()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="PDFを作る").click()
    saved = tmp_path / "nafuda.pdf"
    download.value.save_as(saved)
    document = pypdfium2.PdfDocument(saved)
    assert len(document) == 2
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    document.close()


@only_sqlite
def test_printing_nothing_says_what_to_do(people: People) -> None:
    clerk = at_the_badges(people, "?industry=post")
    clerk.page.locator("[name=sides][value=beside]").check()
    clerk.page.get_by_role("button", name="PDFを作る").click()
    expect(clerk.page.get_by_role("alert")).to_have_text("印刷する名札に✓してください。")
    expect(clerk.page.locator("#industry")).to_have_value("post")
    expect(clerk.page.locator("[name=sides][value=beside]")).to_be_checked()
    clerk.page.locator("[name=badge]").first.check()
    with clerk.page.expect_download():
        clerk.page.get_by_role("button", name="PDFを作る").click()
