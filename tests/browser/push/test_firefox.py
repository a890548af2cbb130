"""A real push into a real Firefox: shown on the lock screen, confirmed to the desk, clicked."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.browser.push.people import DeskByHttp, ask_to_be_told, report_something
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.server import DemoServer, demo_server
from tests.postgres import Cluster

pytestmark = pytest.mark.browser


@pytest.fixture(params=["sqlite", "postgres"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, service: PushService
) -> Iterator[DemoServer]:
    """One whose pushes may go to our own push service."""
    settings = {"push_origins": f'["{service.origin}"]'}
    if request.param == "postgres":
        cluster: Cluster = request.getfixturevalue("cluster")
        cluster.execute("DROP DATABASE IF EXISTS pushing WITH (FORCE)")
        cluster.execute("CREATE DATABASE pushing")
        settings["database_url"] = cluster.url("pushing")
    with demo_server(tmp_path_factory.mktemp("push"), **settings) as server:
        yield server


@pytest.fixture
def desk(server: DemoServer) -> Iterator[DeskByHttp]:
    with httpx2.Client(base_url=server.base, follow_redirects=True) as client:
        desk = DeskByHttp(client)
        desk.sign_in(**server.person("counsellor"))
        yield desk


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
