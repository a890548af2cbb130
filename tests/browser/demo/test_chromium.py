"""Real Chromium on `nafuda demo --lan`: what browsers give to https only works at an address that
has no name."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Error, Playwright

from app.demo.trust_page import CERTIFICATE_PATH
from tests.browser.chromium import launch, trusting
from tests.browser.demo.conftest import HERE, TwoSites
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.server import DemoServer, demo_server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("trust")]

GIVEN_TO_HTTPS = "[isSecureContext, 'PushManager' in window, 'mediaDevices' in navigator]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    folder = tmp_path_factory.mktemp("lan-demo")
    with demo_server(folder, "--lan", "--address", HERE) as server:
        yield server


def test_the_loop_runs_on_a_phone_that_took_the_certificate(
    playwright: Playwright, server: DemoServer, tmp_path: Path
) -> None:
    certificate = httpx2.get(server.trust + CERTIFICATE_PATH).content
    with trusting(playwright, tmp_path, certificate) as browser:
        worker, counsellor = Worker(browser, server), Counsellor(browser, server)
        worker.scan()
        worker.is_ready_for_no_network()
        assert worker.page.evaluate(GIVEN_TO_HTTPS) == [True, True, True]
        worker.tick(0)
        worker.promise()
        worker.send()
        counsellor.sign_in()
        counsellor.open_newest()
        counsellor.compose("R07")
        counsellor.send()
        worker.gets_instruction()
        worker.acknowledge()
        assert {one["name"].startswith("__Host-") for one in worker.context.cookies()} == {True}


def test_a_browser_that_does_not_trust_it_shows_a_warning(
    playwright: Playwright, server: DemoServer
) -> None:
    browser = launch(playwright)
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        browser.new_page().goto(server.base)
    browser.close()


def test_chromium_lets_the_authority_vouch_for_its_address_only(
    playwright: Playwright, two_sites: TwoSites, tmp_path: Path
) -> None:
    with trusting(playwright, tmp_path, two_sites.authority) as browser:
        page = browser.new_page()
        page.goto(two_sites.allowed)
        with pytest.raises(Error, match="ERR_CERT_INVALID"):
            page.goto(two_sites.beyond)
