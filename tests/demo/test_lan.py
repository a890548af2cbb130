"""`nafuda demo --lan` as a process of its own: trusted by whoever took its certificate, by nobody
else, and for nothing else."""

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from app.demo.trust_page import CERTIFICATE_PATH
from tests.browser.server import DemoServer, demo_server

pytestmark = pytest.mark.xdist_group("lan-demo")
HERE = ("--lan", "--address", "127.0.0.1")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    with demo_server(tmp_path_factory.mktemp("lan-demo"), *HERE) as server:
        yield server


def certificate_of(server: DemoServer) -> bytes:
    return httpx2.get(server.trust + CERTIFICATE_PATH).raise_for_status().content


def trusting(certificate: bytes) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=certificate)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


@pytest.fixture
def phone(server: DemoServer) -> Iterator[httpx2.Client]:
    """It trusts the certificate that the page gave it, and nothing besides."""
    context = trusting(certificate_of(server))
    with httpx2.Client(base_url=server.base, verify=context) as client:
        yield client


def test_a_phone_that_took_the_certificate_reads_a_badge(
    server: DemoServer, phone: httpx2.Client
) -> None:
    assert server.base.startswith("https://127.0.0.1:")
    page = phone.get(server.badge()["url"])
    assert page.status_code == 200
    assert server.badge()["number"] in page.text


def test_without_the_certificate_nobody_trusts_it(server: DemoServer) -> None:
    with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        httpx2.get(server.base)


def test_the_certificate_is_no_good_for_another_name(server: DemoServer) -> None:
    place = urlsplit(server.base)
    context = trusting(certificate_of(server))
    assert place.hostname
    assert place.port
    for name in ("127.0.0.2", "localhost"):
        with (
            socket.create_connection((place.hostname, place.port)) as plain,
            pytest.raises(ssl.SSLCertVerificationError, match="mismatch"),
        ):
            context.wrap_socket(plain, server_hostname=name)


def test_cookies_are_for_this_host_and_https_only(server: DemoServer, phone: httpx2.Client) -> None:
    answers = [
        phone.post("/language", data={"language": "en", "next_path": "/"}),
        phone.post("/sign-in", data=server.person("counsellor")),
    ]
    given = [one for answer in answers for one in answer.headers.get_list("set-cookie")]
    assert len(given) >= 2
    assert all(one.startswith("__Host-") and "secure" in one.lower() for one in given)


def test_the_badges_address_is_short_enough_to_print(server: DemoServer) -> None:
    longest = server.base.replace("127.0.0.1", "255.255.255.255") + "/B/" + server.code()
    assert len(longest) <= 47


def test_the_page_beside_it_is_on_another_port_over_http(server: DemoServer) -> None:
    page = httpx2.get(server.trust)
    assert page.status_code == 200
    assert server.base in page.text
    assert httpx2.get(f"{server.trust}/sign-in").status_code == 404


def test_starting_again_needs_no_new_trust(tmp_path: Path) -> None:
    with demo_server(tmp_path, *HERE) as first:
        taken, badge = certificate_of(first), first.badge()["url"]
    with demo_server(tmp_path, *HERE) as second:
        assert certificate_of(second) == taken
        assert badge.rsplit("/", 1)[1] != second.code()
        assert httpx2.get(second.base, verify=trusting(taken)).status_code == 200
