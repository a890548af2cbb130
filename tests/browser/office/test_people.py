"""A clerk without script brings a counsellor in; a founder sets a new town up in the browser."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser
PASSWORD = "a password of my own"


def choose_password(page: Page) -> None:
    page.fill("#new-password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("text=このパスワードで入る")


def test_somebody_is_added_invited_and_ended_without_any_script(people: People) -> None:
    clerk = people.clerk(java_script_enabled=False)
    clerk.go("/office/staff")
    clerk.page.get_by_role("link", name="担当者を加える").click()
    clerk.page.fill("#name", "小野")
    clerk.page.fill("#sign-in", "ono")
    clerk.page.get_by_label("相談員").check()
    clerk.page.get_by_role("button", name="加えて、招待を作る").click()
    link = clerk.page.input_value("#link")

    guest = people.guest(java_script_enabled=False)
    guest.go(link.removeprefix(clerk.server.base))
    choose_password(guest.page)
    guest.page.wait_for_url("**/desk")

    clerk.go("/office/staff")
    clerk.page.get_by_role("row", name="小野").get_by_role("link", name="詳細").click()
    clerk.page.get_by_role("button", name="この担当者を終える").click()
    clerk.reads("終えました。もうサインインできません。")
    guest.go("/desk")
    expect(guest.page.locator("#password")).to_be_visible()


@only_sqlite
def test_a_town_is_founded_in_the_browser_by_keyboard_and_mouse(people: People) -> None:
    founder = people.guest(viewport={"width": 1440, "height": 900})
    founder.go(link_for("nishi", people).removeprefix(founder.server.base))
    page = founder.page
    page.fill("#name", "西田")
    page.fill("#sign-in", "nishida")
    choose_password(page)
    page.fill("#municipality", "西町")
    page.keyboard.press("Enter")
    for name, text in {
        "center_name": "西町センター",
        "center_tel": "１２",
        "office_name": "西町役場",
        "office_tel": "0000-00-3000",
    }.items():
        page.fill(f"#{name}", text)
    page.keyboard.press("Enter")
    founder.reads("電話番号の形ではありません")
    expect(page.locator("#center_name")).to_have_value("西町センター")
    page.fill("#center_tel", "0000-00-3188")
    page.keyboard.press("Enter")
    founder.reads("月曜日")
    press_on(page)
    page.fill("#police_tel", "0000-00-3110")
    for _ in range(5):
        press_on(page)
    page.get_by_label("写しを置いた").check()
    for _ in range(3):
        press_on(page)
    founder.reads("はじめの設定が終わりました")
    page.get_by_role("button", name="終えて").click()
    founder.reads("はじめにすること")
    expect(page.locator(".sd .br")).to_contain_text("西町")


def press_on(page: Page) -> None:
    page.locator("main .btn.pri").click()


def link_for(slug: str, people: People) -> str:
    """What the operator's terminal prints."""
    environment = os.environ | {
        "NAFUDA_DATA_DIR": str(people.server.data),
        "NAFUDA_BASE_URL": people.server.base,
    }
    command = [sys.executable, "-m", "app.cli", "network", "create", slug]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return done.stdout.strip()
