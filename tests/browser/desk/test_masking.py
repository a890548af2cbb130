"""伏字 in a browser: chosen beforehand, masked in one press, gone from the screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.story import People, only_sqlite

pytestmark = [pytest.mark.browser, only_sqlite]


def test_a_note_that_names_somebody_is_masked(people: People, tmp_path: Path) -> None:
    audit = Audit(tmp_path / "wrong")
    worker, sato = people.worker(), people.counsellor(java_script_enabled=False)
    worker.scan()
    worker.tick(0)
    worker.promise()
    worker.write("鵺塚さん、北町2丁目の方")
    worker.page.locator("[name=note_is_fine]").check()
    worker.send()
    sato.go(f"/desk/reports/{worker.report_id}")
    expect(sato.page.locator("#note mark")).to_have_text(["鵺塚さん", "2丁目"])
    sato.page.get_by_role("link", name="個人情報を伏せる").click()
    sato.page.get_by_label("北町").check()
    sato.page.get_by_role("button", name="選んだところを伏せる").click()
    expect(sato.page.locator("#note")).to_contain_text("「■■、■■■■の方」")
    tanaka = people.counsellor(1)
    tanaka.go(f"/desk/reports/{worker.report_id}/masking")
    audit.take(tanaka.page, "masking")
    tanaka.page.get_by_role("button", name="選んだところを伏せる").click()
    tanaka.reads("伏せるところを1つは選んでください。")
    assert not any(audit.wrong.values()), audit.wrong
