"""A real push into a real Firefox: shown on the lock screen, confirmed to the desk, clicked."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.server import DemoServer, demo_server
from tests.cast import composer_fields
from tests.postgres import Cluster

pytestmark = pytest.mark.browser


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def firefox(service: PushService) -> Iterator[Firefox]:
    with Firefox(service.socket_url) as firefox:
        firefox.resize(390, 844)
        yield firefox
        assert firefox.outside == []


@pytest.fixture(params=["sqlite", "postgres"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, service: PushService
) -> Iterator[DemoServer]:
    """One whose pushes may go to our own push service."""
    settings = {"push_origins": f'["{service.origin}"]'}
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.execute("CREATE DATABASE pushing")
        settings["database_url"] = cluster.url("pushing")
    with demo_server(tmp_path_factory.mktemp("push"), **settings) as server:
        yield server


class DeskByHttp:
    """A counsellor whose screen doesn't matter here."""

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client

    def sign_in(self, sign_in: str, password: str, **_: str) -> None:
        self.client.post("/sign-in", data={"sign_in": sign_in, "password": password})

    def instruct(self, report: str, template: str) -> None:
        page = self.client.get(f"/desk{report}/instructions/new?template={template}").text
        fields = composer_fields(page)
        self.client.post(f"/desk{report}/instructions", data={"template": template, **fields})

    def proof(self, report: str, step: str) -> str:
        """The time beside this step of the receipt ladder; empty until it is proven."""
        page = self.client.get(f"/desk{report}").text
        found = re.search(
            rf'class="dn">(?:(?!</li>).)*{re.escape(step)}<time>([\d:]+)</time>', page, re.S
        )
        return found[1] if found else ""


@pytest.fixture
def desk(server: DemoServer) -> Iterator[DeskByHttp]:
    with httpx2.Client(base_url=server.base, follow_redirects=True) as client:
        desk = DeskByHttp(client)
        desk.sign_in(**server.person("counsellor"))
        yield desk


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
    firefox.wait_for("location.pathname === '/notifications'")
    assert firefox.evaluate("Notification.permission") == "default"
    assert "対応のお願いが届きました" in firefox.evaluate("document.body.innerText")
    firefox.set_permission(base, "granted")
    firefox.click("#allow")
    firefox.wait_for("document.querySelector('[data-state=granted]').checkVisibility()")


def test_an_instruction_reaches_a_phone_whose_page_is_closed(
    firefox: Firefox, server: DemoServer, desk: DeskByHttp
) -> None:
    report = report_something(firefox, server.code(), server.base)
    number = firefox.evaluate("document.title.match(/K-\\d+/)[0]")
    ask_to_be_told(firefox, server.base)
    firefox.leave_site()

    desk.instruct(report, "R07")
    wanted = (f"つなぐ名札 {number}", "至急:対応のお願いが届きました")
    awaited(lambda: wanted in firefox.notifications(), 25, "the notification")
    assert firefox.notifications().count(wanted) == 1
    awaited(lambda: desk.proof(report, "端末に届いた"), 5, "the receipt at the desk")
    assert desk.proof(report, "送信済み(端末未確認)")
    assert desk.proof(report, "開いた") == ""

    firefox.click_notification()
    firefox.switch_to(report)
    firefox.wait_for("document.querySelector('[data-instruction]') !== null")
    awaited(lambda: desk.proof(report, "開いた"), 8, "the opening at the desk")
