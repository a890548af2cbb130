"""Who takes part where a push reaches a real Firefox."""

import re

import httpx2

from tests.browser.rig.firefox import Firefox
from tests.cast import composer_fields


class DeskByHttp:
    """A counsellor whose screen doesn't matter here."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client

    def sign_in(self, sign_in: str, password: str, **_: str) -> None:
        self.client.post("/sign-in", data={"sign_in": sign_in, "password": password})

    def composer(self, report: str, template: str = "R05") -> str:
        return self.client.get(f"/desk{report}/instructions/new?template={template}").text

    def instruct(self, report: str, template: str) -> None:
        fields = composer_fields(self.composer(report, template))
        self.client.post(f"/desk{report}/instructions", data={"template": template, **fields})

    def proof(self, report: str, step: str) -> str:
        """The time beside this step of the receipt ladder; empty until it is proven."""
        page = self.client.get(f"/desk{report}").text
        found = re.search(
            rf'class="dn">(?:(?!</li>).)*{re.escape(step)}<time>([\d:]+)</time>', page, re.S
        )
        return found[1] if found else ""


def report_something(firefox: Firefox, code: str, base: str) -> str:
    """Choose Japanese, tick, promise, send; returns the path of the report."""
    firefox.goto(f"{base}/language?next=/B/{code}")
    firefox.click("button[lang=ja]")
    firefox.wait_for("location.pathname.startsWith('/B/')")
    for part in ("[name=item]", "[name=agreed_version]", "#bar button.pri"):
        firefox.click(part)
    firefox.wait_for("location.pathname.startsWith('/reports/')")
    return str(firefox.evaluate("location.pathname"))


def ask_to_be_told(firefox: Firefox, base: str) -> None:
    """What will come is shown first; the phone's owner then says yes to the browser."""
    firefox.click("#push-offer a")
    firefox.wait_for("location.pathname === '/notifications' && !allow.hidden")
    assert firefox.evaluate("Notification.permission") == "default"
    assert "対応のお願いが届きました" in firefox.evaluate("document.body.innerText")
    firefox.set_permission(base, "granted")
    firefox.click("#allow")
    firefox.wait_for("document.querySelector('[data-state=granted]').checkVisibility()")
