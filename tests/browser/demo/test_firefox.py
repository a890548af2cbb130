"""Real Firefox that trusts the demo's authority and checks every certificate as for anybody."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from app.demo.trust_page import CERTIFICATE_PATH
from tests.browser.demo.conftest import HERE, TwoSites
from tests.browser.push.people import DeskByHttp, ask_to_be_told, report_something
from tests.browser.rig.bidi import BiDiError
from tests.browser.rig.firefox import Firefox
from tests.browser.rig.push_service import PushService
from tests.browser.rig.waiting import awaited
from tests.browser.server import DemoServer, demo_server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(service: PushService, tmp_path: Path) -> Iterator[DemoServer]:
    origins = f'["{service.origin}"]'
    with demo_server(tmp_path, "--lan", "--address", HERE, push_origins=origins) as server:
        yield server


def test_a_push_reaches_a_phone_that_took_the_certificate(
    firefox: Firefox, server: DemoServer
) -> None:
    with pytest.raises(BiDiError, match="SEC_ERROR_UNKNOWN_ISSUER"):
        firefox.goto(server.base)
    certificate = httpx2.get(server.trust + CERTIFICATE_PATH).content
    firefox.trust(certificate)
    report = report_something(firefox, server.code(), server.base)
    ask_to_be_told(firefox, server.base)
    firefox.leave_site()
    trusting = ssl.create_default_context(cadata=certificate)
    with httpx2.Client(base_url=server.base, verify=trusting, follow_redirects=True) as client:
        desk = DeskByHttp(client)
        desk.sign_in(**server.person("counsellor"))
        desk.instruct(report, "R07")
        awaited(firefox.notifications, 25, "the notification")
        awaited(lambda: desk.proof(report, "端末に届いた"), 5, "the receipt at the desk")


def test_firefox_lets_the_authority_vouch_for_its_address_only(
    firefox: Firefox, two_sites: TwoSites
) -> None:
    firefox.trust(two_sites.authority)
    firefox.goto(two_sites.allowed)
    with pytest.raises(BiDiError, match="SEC_ERROR_CERT_NOT_IN_NAME_SPACE"):
        firefox.goto(two_sites.beyond)
