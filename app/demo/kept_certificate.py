"""The certificate of a demo in the local network, kept so that each phone trusts it once."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.authority import certify, found_authority

SPARE = timedelta(days=1)


@dataclass(frozen=True)
class KeptCertificate:
    """`file` is what a server loads: its key, its certificate, the authority's certificate."""

    file: Path
    authority: x509.Certificate

    @property
    def name(self) -> str:
        """What a phone calls it in its settings."""
        (name,) = self.authority.subject
        return str(name.value)

    @property
    def der(self) -> bytes:
        return self.authority.public_bytes(Encoding.DER)

    @property
    def fingerprint(self) -> str:
        """SHA-256 in pairs of digits, as telephones show it."""
        return self.authority.fingerprint(SHA256()).hex(" ").upper()

    @property
    def until(self) -> datetime:
        return self.authority.not_valid_after_utc


def certificate_for(data_dir: Path, address: str, now: datetime) -> KeptCertificate:
    """The one made earlier for this address, or a new one if that has a day left or less.

    The authority's key is never written down: it vouches for one server and is forgotten.
    """
    file = data_dir / "keys" / f"lan-{address}.pem"
    if not is_usable(file, now):
        authority = found_authority(now, address)
        write_privately(file, certify(authority, address, now) + authority.pem)
    return KeptCertificate(file, authority_in(file))


def authority_in(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(file.read_bytes())[-1]


def is_usable(file: Path, now: datetime) -> bool:
    if not file.exists():
        return False
    authority = authority_in(file)
    return authority.not_valid_before_utc <= now < authority.not_valid_after_utc - SPARE


def write_privately(file: Path, content: bytes) -> None:
    """Whole or not at all, and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    made = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "wb") as opened:
        opened.write(content)
    fresh.replace(file)
