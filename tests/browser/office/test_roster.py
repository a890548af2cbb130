"""The clerk's half hour: an Excel roster on a locked-down PC becomes badges to print."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.audit import Audit
from tests.browser.loop.people import Clerk
from tests.browser.loop.story import People, only_sqlite
from tests.organizations.roster.files import line, roster

pytestmark = pytest.mark.browser
NEW = line(organization="ゆり銀行", industry="金融機関", workplace="本店", badges=3)


def choose_file(clerk: Clerk, content: bytes) -> None:
    clerk.go("/office/badges")
    clerk.page.get_by_role("link", name="Excelから取り込む").click()
    file = {"name": "名簿.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    clerk.page.get_by_label("名簿のファイル").set_input_files(file)  # type: ignore[arg-type]
    clerk.page.get_by_role("button", name="読み取って確かめる").click()


def test_without_script_a_roster_is_checked_and_registered(people: People) -> None:
    clerk = people.clerk(java_script_enabled=False)
    choose_file(clerk, roster(NEW, line(organization="青波湯", industry="海賊")))
    clerk.reads("2行のうち")
    clerk.reads("業種「海賊」は一覧にありません")
    clerk.page.get_by_role("button", name="この内容で登録する").click()
    clerk.reads("2行のうち1行を登録しました。1行に確認が必要です。")
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="Excelで保存").click()
    assert download.value.suggested_filename == "meibo-kakunin.xlsx"

    clerk.page.get_by_role("link", name="名札を印刷する").click()
    clerk.page.get_by_label("団体名・番号・呼び名でさがす").fill("ゆり銀行")
    clerk.page.get_by_role("button", name="さがす").click()
    expect(clerk.page.locator("[name=badge]")).to_have_count(3)


@only_sqlite
def test_its_screens_are_clean_for_every_eye(people: People, tmp_path: Path) -> None:
    audit, clerk = Audit(tmp_path / "wrong"), people.clerk()
    clerk.go("/office/roster")
    audit.take(clerk.page, "roster")
    choose_file(clerk, b"\x89PNG\r\n\x1a\n\0")
    audit.take(clerk.page, "roster_refused")
    choose_file(clerk, roster(line(badges=1, telephone="0000-00-1"), line(industry="海賊")))
    clerk.page.wait_for_selector("#import")
    audit.take(clerk.page, "roster_preview")
    clerk.page.get_by_role("button", name="この内容で登録する").click()
    clerk.page.wait_for_selector(".nt[role=status]")
    audit.take(clerk.page, "roster_outcome")
    assert audit.wrong == {"light": [], "dark": [], "narrow": [], "enlarged": []}
