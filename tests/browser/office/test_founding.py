"""立ち上げの書類 are fetched from a PC that runs no script."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]


def test_a_draft_charter_is_fetched_to_be_changed(people: People, tmp_path: Path) -> None:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/running")
    clerk.page.get_by_role("link", name="立ち上げの書類を見る").click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="（設置要綱の案）").nth(1).click()
    saved = tmp_path / "charter.docx"
    download.value.save_as(saved)
    said = [one.text for one in docx.Document(str(saved)).paragraphs]
    assert "第1条(設置)" in said
    audit, looking = Audit(tmp_path / "wrong"), people.clerk()
    looking.go("/office/running/founding")
    audit.take(looking.page, "founding")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}


def test_a_file_of_another_network_is_taken_over(people: People, tmp_path: Path) -> None:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/running")
    clerk.page.get_by_role("link", name="渡す・取り入れる").click()
    clerk.page.get_by_role("button", name="取り入れる").click()
    clerk.reads("ファイルを選んでください。 何も変わっていません。")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="ファイルを作る(JSON)").click()
    saved = tmp_path / "other.json"
    download.value.save_as(saved)
    clerk.page.get_by_label("受け取ったファイル").set_input_files(saved)
    expect(clerk.page.locator("[name=part]:checked")).to_have_count(0)
    for name in ("チェック項目", "指示のひな形"):
        clerk.page.get_by_role("checkbox", name=name).check()
    clerk.page.get_by_role("button", name="取り入れる").click()
    clerk.reads("いまの言葉・設定と同じでした。")
    audit, looking = Audit(tmp_path / "wrong"), people.clerk()
    looking.go("/office/running/blueprint")
    audit.take(looking.page, "blueprint")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
