"""The print shop on the clerk's PC: paper is chosen, a picture shows it, a briefing is written."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser]


@only_sqlite
def test_the_picture_shows_where_on_a_begun_sheet_badges_go(people: People) -> None:
    page = people.clerk().page
    page.goto(people.server.base + "/office/badges")
    for place in range(2):
        page.locator("[name=badge]").nth(place).check()
    page.select_option("#start", "4")
    expect(page.locator("#begun .u")).to_have_text(["1", "2", "3"])
    expect(page.locator("#begun .p")).to_have_text(["4", "5"])
    page.select_option("#paper", "cr80")
    expect(page.locator("#start")).to_have_value("1")
    expect(page.locator("#trial")).to_have_attribute("href", re.compile("paper=cr80$"))


@only_sqlite
def test_a_briefing_is_written_without_script(people: People, tmp_path: Path) -> None:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/badges")
    clerk.page.get_by_role("link", name="マグネット・ポスター").click()
    clerk.page.get_by_role("link", name="文を書いて作る").click()
    clerk.page.get_by_label("見出し").fill("未納料金のSMSが急増")
    clerk.page.get_by_label("朝礼で読む文").fill("あ" * 151)
    clerk.page.get_by_role("button", name="PDFを作る").click()
    clerk.reads("150文字までにしてください(いま151文字)。")
    clerk.page.get_by_label("朝礼で読む文").fill("おはようございます。")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="PDFを作る").click()
    saved = tmp_path / "chorei.pdf"
    download.value.save_as(saved)
    document = pypdfium2.PdfDocument(saved)
    assert "未納料金のSMSが急増" in document[0].get_textpage().get_text_range()
    document.close()
