"""An authority of one's own for a try-out on a real phone: browsers give service workers, cameras
and pushes to https only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

LIFE = timedelta(days=90)
LEEWAY = timedelta(days=1)
NAME = "つなぐ名札 おためし"
# No such name can exist (RFC 6761, 6.4). An empty list would leave names unlimited, and not every
# verifier takes the empty name that would exclude them all.
NO_NAMES = x509.DNSName("invalid")


@dataclass(frozen=True)
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate that phones install."""
        return self.certificate.public_bytes(Encoding.PEM)


def found_authority(now: datetime, address: str) -> Authority:
    """It can vouch for this one IPv4 address and for no name (RFC 5280, 4.2.1.10), so that a
    phone that trusts it isn't open to anybody who gets hold of the key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{NAME} {address}")
    only = x509.NameConstraints([x509.IPAddress(IPv4Network(address)), NO_NAMES], None)
    certificate = (
        _builder(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(only, critical=True)
        .add_extension(_only_servers(), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    return Authority(key, certificate)


def certify(authority: Authority, address: str, now: datetime) -> bytes:
    """A new key and its certificate for a server at this address, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    signer = authority.certificate
    served = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    certificate = (
        _builder(_name(f"{NAME} ({address})"), signer.subject, key.public_key(), now)
        .add_extension(served, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(_only_servers(), critical=False)
        .add_extension(_signed_by(signer), critical=False)
        .sign(authority.key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(
        issuer,
        subject,
        key,
        x509.random_serial_number(),
        now - LEEWAY,
        now + LIFE,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _only_servers() -> x509.ExtendedKeyUsage:
    return x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])


def _signed_by(signer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    known_as = signer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known_as.value)


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
