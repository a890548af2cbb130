"""A phone trusts once: the same certificate as long as it holds, a new one in time."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from app.demo.authority import LIFE
from app.demo.kept_certificate import certificate_for

ADDRESS = "192.168.0.5"
NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
LAST_USABLE = NOW + LIFE - timedelta(days=1, seconds=1)


def test_the_same_address_gets_the_same_certificate(tmp_path: Path) -> None:
    first = certificate_for(tmp_path, ADDRESS, NOW)
    written = first.file.read_bytes()
    assert certificate_for(tmp_path, ADDRESS, LAST_USABLE) == first
    assert first.file.read_bytes() == written


def test_another_address_gets_one_of_its_own_and_both_are_kept(tmp_path: Path) -> None:
    home = certificate_for(tmp_path, ADDRESS, NOW)
    office = certificate_for(tmp_path, "10.0.0.7", NOW)
    assert office.fingerprint != home.fingerprint
    assert certificate_for(tmp_path, ADDRESS, NOW) == home


def test_a_new_one_is_made_before_the_old_one_ends(tmp_path: Path) -> None:
    old = certificate_for(tmp_path, ADDRESS, NOW)
    new = certificate_for(tmp_path, ADDRESS, LAST_USABLE + timedelta(seconds=1))
    assert new.fingerprint != old.fingerprint
    assert new.until - old.until == LIFE - timedelta(days=1)


def test_a_clock_that_was_wrong_when_it_was_made_is_no_reason_to_keep_it(tmp_path: Path) -> None:
    ahead = certificate_for(tmp_path, ADDRESS, NOW + timedelta(days=30))
    assert certificate_for(tmp_path, ADDRESS, NOW).fingerprint != ahead.fingerprint


def test_keys_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    kept = certificate_for(tmp_path, ADDRESS, NOW)
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.file.parent.stat().st_mode) == 0o700


def test_nothing_on_the_disk_could_vouch_for_another_server(tmp_path: Path) -> None:
    """One key lies there, the server's. The authority's is forgotten."""
    kept = certificate_for(tmp_path, ADDRESS, NOW)
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == [kept.file]
    assert kept.file.read_bytes().count(b"BEGIN PRIVATE KEY") == 1
    key = load_pem_private_key(kept.file.read_bytes(), None)
    assert key.public_key() != kept.authority.public_key()


def test_the_fingerprint_reads_as_phones_show_it(tmp_path: Path) -> None:
    pairs = certificate_for(tmp_path, ADDRESS, NOW).fingerprint.split(" ")
    assert len(pairs) == 32
    assert all(len(pair) == 2 and pair == pair.upper() for pair in pairs)
