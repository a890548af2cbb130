"""Encrypting a push for the one browser that can read it: RFC 8291, done by http-ece as pywebpush
does it, without its detours."""

import base64
import os

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec

SECRET_LENGTH = 16


def encrypted(p256dh: str, auth: str, body: bytes) -> bytes:
    """With a key of its own and a new salt. Raises ValueError for keys that no browser made."""
    secret = _decoded(auth)
    if len(secret) != SECRET_LENGTH:
        raise ValueError("the secret has 16 bytes")
    ours = ec.generate_private_key(ec.SECP256R1())
    salt, theirs = os.urandom(16), _decoded(p256dh)
    return bytes(
        http_ece.encrypt(
            body, salt=salt, private_key=ours, dh=theirs, auth_secret=secret, version="aes128gcm"
        )
    )


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
