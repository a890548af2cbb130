"""What a push service checks in the Authorization header: RFC 8292, written apart from ours."""

import base64
import json
import re
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

HEADER = re.compile(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]{87})", re.ASCII)
DAY = 24 * 3600


class Rejected(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def verified_claims(header: str | None, audience: str, key: bytes | None, now: float) -> Any:
    """The claims of a header meant for us and signed by `key`, the one subscribed with."""
    if header is None:
        raise Rejected(401, "no Authorization")
    parts = HEADER.fullmatch(header)
    if parts is None:
        raise Rejected(401, "not a vapid header")
    head, body, signature, sender = parts.groups()
    if json.loads(decoded(head)) != {"typ": "JWT", "alg": "ES256"}:
        raise Rejected(403, "not ES256")
    _verify(f"{head}.{body}".encode(), decoded(signature), decoded(sender))
    if key is not None and decoded(sender) != key:
        raise Rejected(403, "signed by another key than the subscription names")
    claims = json.loads(decoded(body))
    if claims.get("aud") != audience:
        raise Rejected(403, f"audience {claims.get('aud')!r} is not {audience!r}")
    if not now < claims.get("exp", 0) <= now + DAY:
        raise Rejected(403, "expired, or valid for more than a day")
    if not re.match(r"mailto:|https:", claims.get("sub", "")):
        raise Rejected(403, "no contact")
    return claims


def _verify(signed: bytes, signature: bytes, sender: bytes) -> None:
    half = len(signature) // 2
    r, s = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    try:
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Rejected(403, "bad signature") from error
