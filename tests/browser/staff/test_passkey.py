"""A passkey in a real Chromium: registered on the account page, it opens the door nameless."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.server import DemoServer

pytestmark = pytest.mark.browser

WEBAUTHN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Machine:
    """A browser window with a fingerprint reader."""

    def __init__(self, context: BrowserContext, server: DemoServer) -> None:
        self.page: Page = context.new_page()
        self.refused: list[str] = []
        self.page.on("console", lambda line: self.refused.append(line.text))
        self.base = server.base
        self.authenticator = context.new_cdp_session(self.page)
        self.authenticator.send("WebAuthn.enable")
        added = self.authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": WEBAUTHN})
        self.id = added["authenticatorId"]

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def sign_in(self, person: dict[str, str]) -> None:
        self.go("/sign-in?next=/account")
        self.page.fill("#sign-in", person["sign_in"])
        self.page.fill("#password", person["password"])
        self.page.click("footer button")

    def register(self, label: str) -> None:
        self.page.fill("#label", label)
        self.page.click("#new-passkey button")

    def sign_out(self) -> None:
        self.page.click("form[action='/sign-out'] button")

    def let_finger(self, be_known: bool) -> None:
        known = {"authenticatorId": self.id, "isUserVerified": be_known}
        self.authenticator.send("WebAuthn.setUserVerified", known)


@pytest.fixture
def machine(browser: Browser, server: DemoServer) -> Iterator[Machine]:
    context = browser.new_context(locale="ja-JP", viewport={"width": 1180, "height": 820})
    machine = Machine(context, server)
    yield machine
    assert [line for line in machine.refused if "Content Security Policy" in line] == []
    context.close()


def test_a_passkey_is_registered_and_opens_the_desk(machine: Machine, server: DemoServer) -> None:
    machine.sign_in(server.person("counsellor"))
    expect(machine.page.locator("#needs-script")).to_be_hidden()
    machine.register("窓口のPC")
    expect(machine.page.get_by_role("status")).to_contain_text("パスキーを登録しました")
    expect(machine.page.locator("#label-1")).to_have_value("窓口のPC")
    machine.sign_out()
    machine.page.get_by_role("button", name="パスキーでサインイン").click()
    expect(machine.page).to_have_url(f"{server.base}/desk")
    machine.go("/account")
    expect(machine.page.get_by_text("この端末", exact=True)).to_be_visible()
    expect(machine.page.get_by_text("まだ使われていません")).to_have_count(0)


def test_what_was_typed_comes_back_after_signing_in(machine: Machine, server: DemoServer) -> None:
    machine.sign_in(server.person("counsellor", 1))
    machine.register("田中の鍵")
    machine.page.fill("#label-1", "消えては困る名前")
    machine.page.context.clear_cookies()
    machine.page.click("form[action$='/label'] button")
    machine.page.get_by_role("button", name="パスキーでサインイン").click()
    machine.page.get_by_role("button", name="続ける").click()
    expect(machine.page.locator("#label-1")).to_have_value("消えては困る名前")


def test_a_finger_that_is_not_known_opens_nothing(machine: Machine, server: DemoServer) -> None:
    machine.sign_in(server.person("supervisor"))
    machine.register("森の鍵")
    expect(machine.page.locator("#label-1")).to_have_value("森の鍵")
    machine.page.click("form[action$='/removal'] button")
    expect(machine.page.get_by_role("status")).to_contain_text("消しました")
    machine.sign_out()
    machine.page.get_by_role("button", name="パスキーでサインイン").click()
    alert = machine.page.get_by_role("alert")
    expect(alert).to_contain_text("パスキーを確かめられませんでした")
    expect(machine.page).to_have_url(re.compile("/sign-in"))


def test_without_any_passkey_the_page_says_so_and_the_password_works(
    machine: Machine, server: DemoServer
) -> None:
    machine.go("/sign-in")
    machine.let_finger(be_known=False)
    machine.page.get_by_role("button", name="パスキーでサインイン").click()
    expect(machine.page.locator("#passkey [role=alert]")).to_be_visible()
    machine.sign_in(server.person("clerk"))
    expect(machine.page.get_by_text("林 (事務局)")).to_be_visible()


def test_the_picture_for_the_app_says_what_the_letters_say(
    machine: Machine, server: DemoServer, tmp_path: Path
) -> None:
    machine.sign_in(server.person("clerk"))
    machine.page.get_by_role("link", name="確認コードを設定する").click()
    machine.page.locator("img[width='220']").screenshot(path=tmp_path / "qr.png")
    with Image.open(tmp_path / "qr.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    secret = machine.page.locator("#secret").inner_text().replace(" ", "")
    assert code.text.startswith("otpauth://totp/")
    assert f"secret={secret}&" in code.text


def test_without_script_the_rest_of_the_account_works(browser: Browser, server: DemoServer) -> None:
    context = browser.new_context(locale="ja-JP", java_script_enabled=False)
    page = context.new_page()
    person = server.person("clerk")
    page.goto(f"{server.base}/sign-in?next=/account")
    expect(page.locator("#passkey")).to_be_hidden()
    page.fill("#sign-in", person["sign_in"])
    page.fill("#password", person["password"])
    page.click("footer button")
    expect(page.get_by_text("JavaScriptの使える新しいブラウザーが要ります")).to_be_visible()
    expect(page.locator("#new-passkey")).to_be_hidden()
    page.get_by_role("button", name="サインアウト").click()
    expect(page).to_have_url(f"{server.base}/sign-in")
    context.close()
