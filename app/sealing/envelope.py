"""Sealed envelopes: HPKE base mode, single shot (RFC 9180). Twin: static/js/sealing/seal.js.

Keys travel as text: a public key is base64url of its 65-byte uncompressed point, as the phone
takes it; a private key is base64url of its 32-byte number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.sealing import base64url
from app.sealing.padding import pad, unpad

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
VERSION = 1
POINT_BYTES = 65


class SealBroken(Exception):
    """Altered, moved to another context, sealed to another key, or not an envelope at all."""


class KeyPair(NamedTuple):
    private_key: str
    public_key: str


@dataclass(frozen=True)
class Context:
    """Where a sealed text belongs; it opens nowhere else. ValueError if a part has a line break."""

    network_id: str
    object_id: str
    purpose: str
    field: str

    def __post_init__(self) -> None:
        if self.info.count(b"\n") != 4:
            raise ValueError("a part of a context has a line break")

    @property
    def info(self) -> bytes:
        parts = ("nafuda/1", self.network_id, self.object_id, self.purpose, self.field)
        return "\n".join(parts).encode()


@dataclass(frozen=True)
class SealedEnvelope:
    """`enc` is the sender's one-time point, `ct` the ciphertext with its tag."""

    kid: str
    enc: bytes
    ct: bytes

    def to_dict(self) -> dict[str, Any]:
        enc, ct = base64url.encode(self.enc), base64url.encode(self.ct)
        return {"v": VERSION, "kid": self.kid, "enc": enc, "ct": ct}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """SealBroken unless it is exactly `{"v": 1, "kid", "enc", "ct"}`."""
        match dict(data):
            case {"v": 1, "kid": str(kid), "enc": str(enc), "ct": str(ct), **rest} if not rest:
                return cls(kid, _bytes(enc), _bytes(ct))
        raise SealBroken("not an envelope of a known version")


def generate_key_pair() -> KeyPair:
    key = ec.generate_private_key(CURVE)
    number = key.private_numbers().private_value.to_bytes(32, "big")
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return KeyPair(base64url.encode(number), base64url.encode(point))


def seal(text: str, public_key: str, kid: str, context: Context) -> SealedEnvelope:
    """ValueError for a text that cannot be padded, or a key that is no point on P-256."""
    recipient = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64url.decode(public_key))
    sealed = SUITE.encrypt(pad(text), recipient, info=context.info)
    return SealedEnvelope(kid, sealed[:POINT_BYTES], sealed[POINT_BYTES:])


def open_sealed(envelope: SealedEnvelope, private_key: str, context: Context) -> str:
    """The text, or SealBroken: there is no half-trusted answer."""
    number = int.from_bytes(base64url.decode(private_key), "big")
    recipient = ec.derive_private_key(number, CURVE)
    if len(envelope.enc) != POINT_BYTES:
        raise SealBroken("the point has another length")
    try:
        return unpad(SUITE.decrypt(envelope.enc + envelope.ct, recipient, info=context.info))
    except (InvalidTag, ValueError):
        # No cause: a decoding error would carry the opened bytes into a log.
        raise SealBroken("the seal does not hold") from None


def _bytes(text: str) -> bytes:
    try:
        return base64url.decode(text)
    except ValueError:
        raise SealBroken("not base64url") from None
