"""The clerk takes all data along and hands the office over, on a PC that runs no script."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Clerk
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser
LOOKS = 20


def test_all_data_is_asked_for_and_fetched(people: People, tmp_path: Path) -> None:
    clerk: Clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/data")
    clerk.page.get_by_role("button", name="全データを作る").click()
    fetch = clerk.page.get_by_role("button", name="受け取る").first
    for _ in range(LOOKS):
        if fetch.is_visible():
            break
        clerk.page.wait_for_timeout(500)
        clerk.go("/office/data")
    with clerk.page.expect_download() as download:
        fetch.click()
    saved = tmp_path / "all.zip"
    download.value.save_as(saved)
    names = ZipFile(saved).namelist()
    assert {"全データ.xlsx", "読んでください.txt", "CSV(CP932)/名札.csv"} <= set(names)


@only_sqlite
def test_days_are_changed_and_the_office_is_handed_over(people: People, tmp_path: Path) -> None:
    clerk: Clerk = people.clerk()
    audit = Audit(tmp_path / "wrong")
    clerk.go("/office/data")
    audit.take(clerk.page, "data")
    clerk.page.get_by_role("link", name="保存期間を見る・変える").click()
    clerk.page.get_by_label("サインインの記録").fill("10")
    clerk.page.get_by_role("button", name="この期間にする").click()
    clerk.reads("90日から1825日までの数字を入れてください。")
    audit.take(clerk.page, "retention")
    clerk.page.get_by_role("link", name="会の運営").click()
    clerk.page.get_by_label("頼れる人").fill("青波警察署 生活安全係")
    clerk.page.get_by_role("button", name="書き込みを残す").click()
    clerk.reads("書き込みを残しました。")
    audit.take(clerk.page, "running")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="引継書を作る(PDF)").click()
    assert download.value.suggested_filename == "hikitsugi.pdf"
    expect(clerk.page.get_by_label("頼れる人")).to_have_value("青波警察署 生活安全係")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
