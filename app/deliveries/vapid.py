"""How push services know us: the key pair and the signed header of RFC 8292 (VAPID)."""

import base64
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02, VapidException

from app.clock import Clock

TOKEN_LIFE = timedelta(hours=12)
TOKEN_RENEWAL = timedelta(hours=6)


class Authorization:
    """The signed header of RFC 8292, made once per push service and six hours."""

    def __init__(self, private_pem: str, contact: str, clock: Clock) -> None:
        key = serialization.load_pem_private_key(private_pem.encode(), password=None)
        self._vapid = Vapid02(key)
        self._contact = contact
        self._clock = clock
        self._signed: dict[str, tuple[datetime, str]] = {}
        try:
            self.header("https://push.invalid")
        except VapidException as error:
            raise ValueError("the contact must be a mailto: or https: address") from error

    def header(self, origin: str) -> str:
        now = self._clock()
        signed_at, header = self._signed.get(origin, (now - TOKEN_LIFE, ""))
        # A clock that was put back makes the token as useless as an old one.
        if not signed_at <= now < signed_at + TOKEN_RENEWAL:
            header = self._sign(origin, now)
            self._signed[origin] = (now, header)
        return header

    def _sign(self, origin: str, now: datetime) -> str:
        expires = int((now + TOKEN_LIFE).timestamp())
        claims = {"aud": origin, "exp": expires, "sub": self._contact}
        return str(self._vapid.sign(claims)["Authorization"])


def generate_vapid_keys() -> tuple[str, str]:
    """A new private key (PKCS 8, PEM) and its public half as browsers want it (base64url)."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return private.decode(), base64.urlsafe_b64encode(public).rstrip(b"=").decode()
