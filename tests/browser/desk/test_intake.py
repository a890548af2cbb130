"""A counsellor types in what a caller says, by keyboard, with and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.audit import Audit
from tests.browser.loop.people import TABLET, Counsellor
from tests.browser.loop.story import People, only_sqlite

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str) -> None:
    """As somebody does who has one hand at the receiver."""
    for _ in range(300):
        if page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def take_call(counsellor: Counsellor, number: str) -> None:
    """The number, one tick, what is to be read out, and the report is there."""
    page = counsellor.page
    counsellor.go("/desk/intake")
    tab_to(page, "#badge")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/intake?badge=*")
    tab_to(page, "[name=item]")
    page.keyboard.press("Space")
    expect(page.locator("#first .aid").first).to_be_visible()
    tab_to(page, "#note")
    page.keyboard.type("レジの前で電話をしている")
    tab_to(page, "#intake .pri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/*")
    counsellor.reads("受付番号を伝える:")
    counsellor.reads("読み上げる")


def write_instruction(counsellor: Counsellor) -> None:
    page = counsellor.page
    tab_to(page, "#detail .df .pri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instructions/new*")
    tab_to(page, "#composer .df .pri")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/*")
    counsellor.reads("電話で伝えてください。")


@only_sqlite
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_call_is_typed_in_by_keyboard_and_its_instruction_told(
    people: People, script: bool, tmp_path: Path
) -> None:
    number = people.worker().badge["number"]
    counsellor = people.counsellor(viewport=TABLET, java_script_enabled=script)
    take_call(counsellor, number)
    if script:
        audit = Audit(tmp_path)
        counsellor.go(f"/desk/intake?badge={number}")
        counsellor.page.locator("[name=item]").first.check()
        audit.take(counsellor.page, "sheet")
        counsellor.go("/desk/intake?place=マル")
        audit.take(counsellor.page, "start")
        assert not any(audit.wrong.values()), audit.wrong
        return
    write_instruction(counsellor)
    tab_to(counsellor.page, "[name=outcome][value=told]")
    counsellor.page.keyboard.press("Enter")
    counsellor.page.wait_for_url("**/desk/calls")
