"""Real Chromium on `nafuda demo --lan`: what browsers give to https only works at an address that
has no name."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Error, Playwright, sync_playwright

from app.demo.kept_certificate import authority_in
from tests.browser.chromium import launch
from tests.browser.loop.people import Counsellor, Worker
from tests.browser.server import DemoServer, demo_server

pytestmark = pytest.mark.browser

GIVEN_TO_HTTPS = "[isSecureContext, 'PushManager' in window, 'mediaDevices' in navigator]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    folder = tmp_path_factory.mktemp("lan-demo")
    with demo_server(folder, "--lan", "--address", "127.0.0.1") as server:
        yield server


def pin(authority: x509.Certificate) -> str:
    """Chromium trusts what this key signed; the system's own store can't be filled by a test."""
    key = authority.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"--ignore-certificate-errors-spki-list={b64encode(sha256(key).digest()).decode()}"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def test_the_loop_runs_over_https_at_a_bare_address(
    playwright: Playwright, server: DemoServer
) -> None:
    authority = authority_in(server.data / "keys" / "lan-127.0.0.1.pem")
    browser = launch(playwright, pin(authority))
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
    browser.close()


def test_a_browser_that_does_not_trust_it_shows_a_warning(
    playwright: Playwright, server: DemoServer
) -> None:
    browser = launch(playwright)
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        browser.new_page().goto(server.base)
    browser.close()
