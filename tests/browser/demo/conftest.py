"""An authority as the demo makes one, and what it would be good for in the wrong hands."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from app.clock import system_clock
from app.demo.authority import certify, found_authority
from tests.browser.demo.https_site import https_site

HERE, THERE = "127.0.0.1", "127.0.0.2"


@dataclass(frozen=True)
class TwoSites:
    """Both have a certificate of the same authority, which may vouch for the first one only."""

    authority: bytes
    allowed: str
    beyond: str


@pytest.fixture(scope="module")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoSites]:
    folder, now = tmp_path_factory.mktemp("sites"), system_clock()
    authority = found_authority(now, HERE)

    def certified(address: str) -> Path:
        pem = folder / address
        pem.write_bytes(certify(authority, address, now))
        return pem

    with ExitStack() as stack:
        sites = [stack.enter_context(https_site(one, certified(one))) for one in (HERE, THERE)]
        yield TwoSites(authority.certificate.public_bytes(Encoding.DER), *sites)
