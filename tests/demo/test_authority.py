"""What a phone that trusts the authority is open to: this one server, for 90 days. Nothing else."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from app.clock import system_clock
from app.demo.authority import LIFE, Authority, certify, found_authority

ADDRESS = "192.168.0.5"
NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
STRANGERS = ["192.168.0.6", "192.168.0.4", "127.0.0.1", "8.8.8.8", "::ffff:c0a8:5", "fd00::5"]


@pytest.fixture(scope="module")
def authority() -> Authority:
    return found_authority(NOW, ADDRESS)


def ip(address: str) -> x509.IPAddress:
    return x509.IPAddress(ip_address(address))


def own_certificate(pem: bytes) -> x509.Certificate:
    (found,) = x509.load_pem_x509_certificates(pem)
    return found


def forged(authority: Authority, name: x509.GeneralName) -> x509.Certificate:
    """What somebody with the authority's key would make: our own certificate for another name."""
    ours = own_certificate(certify(authority, ADDRESS, NOW))
    builder = x509.CertificateBuilder(
        ours.issuer,
        ours.subject,
        ours.public_key(),
        x509.random_serial_number(),
        ours.not_valid_before_utc,
        ours.not_valid_after_utc,
        [one for one in ours.extensions if one.oid != x509.SubjectAlternativeName.oid],
    ).add_extension(x509.SubjectAlternativeName([name]), critical=False)
    return builder.sign(authority.key, SHA256())


def verify(
    authority: Authority,
    served: x509.Certificate,
    name: x509.DNSName | x509.IPAddress,
    now: datetime = NOW,
) -> None:
    policy = PolicyBuilder().store(Store([authority.certificate])).time(now)
    policy.build_server_verifier(name).verify(served, [])


def test_the_server_is_vouched_for_at_its_address(authority: Authority) -> None:
    served = own_certificate(certify(authority, ADDRESS, NOW))
    verify(authority, served, ip(ADDRESS))
    for address in STRANGERS:
        with pytest.raises(VerificationError):
            verify(authority, served, ip(address))


@pytest.mark.parametrize("address", STRANGERS)
def test_no_other_address_can_be_vouched_for(authority: Authority, address: str) -> None:
    with pytest.raises(VerificationError, match="no permitted name constraints"):
        verify(authority, own_certificate(certify(authority, address, NOW)), ip(address))


@pytest.mark.parametrize("name", ["bank.example", "localhost", "a.b.example.lg.jp", "xn--q9jyb4c"])
def test_no_name_can_be_vouched_for(authority: Authority, name: str) -> None:
    with pytest.raises(VerificationError, match="no permitted name constraints"):
        verify(authority, forged(authority, x509.DNSName(name)), x509.DNSName(name))


def test_both_end_on_the_same_day_and_then_nothing_is_trusted(authority: Authority) -> None:
    served = own_certificate(certify(authority, ADDRESS, NOW))
    assert served.not_valid_after_utc == authority.certificate.not_valid_after_utc == NOW + LIFE
    verify(authority, served, ip(ADDRESS), NOW + LIFE)
    with pytest.raises(VerificationError):
        verify(authority, served, ip(ADDRESS), NOW + LIFE + timedelta(seconds=1))


def test_its_name_tells_a_person_what_it_is_for(authority: Authority) -> None:
    assert authority.certificate.subject.rfc4514_string() == f"CN=つなぐ名札 おためし {ADDRESS}"


def test_two_authorities_share_nothing(authority: Authority) -> None:
    other = found_authority(NOW, ADDRESS)
    served = own_certificate(certify(authority, ADDRESS, NOW))
    with pytest.raises(VerificationError):
        verify(other, served, ip(ADDRESS))


def handshake(trusted: bytes, served: Path, name: str) -> None:
    """A TLS handshake in memory, by OpenSSL and as strictly as it can."""
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    theirs.load_cert_chain(served)
    ours = ssl.create_default_context(cadata=trusted.decode())
    ours.verify_flags |= ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = ours.wrap_bio(back, there, server_hostname=name)
    server = theirs.wrap_bio(there, back, server_side=True)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue


@pytest.mark.parametrize("name", ["bank.example", *STRANGERS[:4]])
def test_openssl_agrees(tmp_path: Path, name: str) -> None:
    authority = found_authority(system_clock(), ADDRESS)
    pem = tmp_path / "server.pem"
    pem.write_bytes(certify(authority, ADDRESS, system_clock()))
    handshake(authority.pem, pem, ADDRESS)
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        handshake(authority.pem, pem, name)
