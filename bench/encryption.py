"""RFC 8291 and nothing else: what encrypting one push costs at least."""

import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = (4096).to_bytes(4, "big") + b"\x41"


def encrypted(point: bytes, auth: bytes, text: bytes) -> bytes:
    """For the phone with this public key and secret: one record of aes128gcm."""
    phone = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    ours = ec.generate_private_key(ec.SECP256R1())
    public = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(ec.ECDH(), phone)
    secret = _derived(auth, shared, b"WebPush: info\x00" + point + public, 32)
    salt = os.urandom(16)
    key = _derived(salt, secret, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(salt, secret, b"Content-Encoding: nonce\x00", 12)
    return salt + RECORD + public + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def _derived(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    key = hmac.digest(salt, secret, sha256)
    return hmac.digest(key, info + b"\x01", sha256)[:length]
