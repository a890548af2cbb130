"""What a person reads who started the demo for a phone nearby."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.demo.kept_certificate import certificate_for
from app.demo.terminal import LanDemo, OpenTown, as_lan_page
from app.demo.town import DemoStaff
from app.printing.qr import qr_blocks

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
ADDRESS = "192.168.100.200"
BASE, TRUST = f"https://{ADDRESS}:65534", f"http://{ADDRESS}:65535"
BADGE = {
    "number": "A-0001",
    "url": f"{BASE}/B/K7M3Q2X9B4T",
    "workplace": "マルミ 青波駅前店",
    "industry": "conveni",
    "standing": "member",
}
STAFF = [DemoStaff("counsellor", "sato", "secret-1"), DemoStaff("clerk", "hayashi", "secret-2")]
COLOURS = re.compile("\x1b\\[[\\d;]+m")


@pytest.fixture
def shown(tmp_path: Path) -> str:
    kept = certificate_for(tmp_path, ADDRESS, NOW)
    return as_lan_page(LanDemo(OpenTown(BASE, [BADGE], STAFF), ADDRESS, TRUST, kept))


def test_trust_comes_before_the_badge(shown: str) -> None:
    trust, badge = qr_blocks(TRUST.upper()), qr_blocks(BADGE["url"].upper())
    order = [shown.index(part) for part in (trust, TRUST, badge, BADGE["url"])]
    assert order == sorted(order)


def test_it_says_whom_a_phone_trusts_until_when_and_by_which_fingerprint(
    shown: str, tmp_path: Path
) -> None:
    kept = certificate_for(tmp_path, ADDRESS, NOW)
    assert f"信じるのは {ADDRESS} だけ" in shown
    assert "2月23日まで" in shown
    assert kept.fingerprint in " ".join(shown.split())


def test_the_counsellor_and_the_clerk_know_where_to_sign_in(shown: str) -> None:
    assert f"{BASE}/sign-in    sato / secret-1" in shown
    assert f"{BASE}/sign-in?next=/office    hayashi / secret-2" in shown


def test_it_fits_a_terminal_of_80_columns(shown: str) -> None:
    wide = [
        line
        for line in COLOURS.sub("", shown).splitlines()
        if sum(1 + (letter > "⺀") for letter in line) > 80
    ]
    assert wide == []
