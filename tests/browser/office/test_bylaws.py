"""A new 要綱, from the clerk's PC to the counsellor's tablet and a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite
from tests.bylaws.papers import paper

pytestmark = [pytest.mark.browser, only_sqlite]


def test_new_rules_reach_everybody(people: People, tmp_path: Path) -> None:
    """The clerk's PC runs no script."""
    file = tmp_path / "youkou.pdf"
    file.write_bytes(paper(2))
    clerk, counsellor = people.clerk(java_script_enabled=False), people.counsellor()
    clerk.go("/office/running/bylaws")
    clerk.page.get_by_label("題名").fill("設置要綱")
    clerk.page.get_by_role("button", name="この版を入れる").click()
    clerk.reads("PDFのファイルを選んでください。")
    expect(clerk.page.get_by_label("題名")).to_have_value("設置要綱")
    clerk.page.get_by_label("種類").select_option("charter")
    clerk.page.get_by_label("版の番号").fill("1")
    clerk.page.get_by_label("いつから").fill("2026-04-01")
    clerk.page.get_by_label("PDFのファイル").set_input_files(file)
    clerk.page.get_by_role("button", name="この版を入れる").click()
    clerk.page.locator("[name=organization]").first.check()
    clerk.page.get_by_label("方法").select_option("meeting")
    clerk.page.get_by_role("button", name="確認を記録する").click()
    clerk.reads("会議で説明した")
    bylaw = clerk.page.url.removeprefix(clerk.server.base)

    audit = Audit(tmp_path / "wrong")
    looking = people.clerk()
    for name, path in {"manage": "/office/running/bylaws", "bylaw": bylaw}.items():
        looking.go(path)
        audit.take(looking.page, name)

    counsellor.go("/desk")
    audit.take(counsellor.page, "news")
    counsellor.page.get_by_role("link", name="新しい決まりがあります").click()
    counsellor.reads("設置要綱 第1版")
    audit.take(counsellor.page, "bylaws")
    with counsellor.page.expect_download() as download:
        counsellor.page.get_by_role("link", name="PDFを開く").click()
    assert download.value.suggested_filename == "kimari-charter-1.pdf"
    counsellor.page.get_by_role("button", name="読みました").click()
    counsellor.page.wait_for_load_state()
    assert counsellor.page.get_by_text("新しい決まりがあります").count() == 0

    worker = people.worker("insurance")
    worker.go(f"/b/{worker.code}/pairing")
    worker.promise()
    worker.page.locator("footer button").click()
    worker.page.wait_for_url("**/")
    worker.go("/contacts")
    worker.page.get_by_role("link", name="決まり").click()
    worker.reads("設置要綱 第1版")
    audit.take(worker.page, "phone")
    clerk.page.get_by_role("button", name="取り下げてPDFを消す").click()
    worker.page.reload()
    worker.reads("まだ入っていません。")
    assert worker.page.get_by_role("link", name="PDFを開く").count() == 0
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
