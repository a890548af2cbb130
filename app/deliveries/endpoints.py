"""Which push subscriptions we accept. User input, and later our target."""

import base64
import re
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import ec

PUSH_HOSTS = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
LONGEST = 800

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ENDPOINT = re.compile(
    rf"(?P<scheme>https?)://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[1-9][0-9]{{0,4}}))?"
    r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*"
)


def endpoint_allowed(endpoint: str, allowed_origins: Sequence[str]) -> bool:
    """Whether we would post to this address: https, port 443, a push service we know.

    `allowed_origins` are further origins, compared letter by letter ("http://127.0.0.1:8123").
    The address must be written as browsers write it: lower-case host, no user, no fragment.
    """
    found = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= LONGEST else None
    if found is None:
        return False
    if push_origin(endpoint) in allowed_origins:
        return True
    return found["scheme"] == "https" and found["port"] in (None, "443") and _known(found["host"])


def push_origin(endpoint: str) -> str:
    """Scheme, host and any unusual port: the audience of RFC 8292, section 2. Empty for what is no
    address; nothing is sent there."""
    found = _ENDPOINT.fullmatch(endpoint)
    if found is None:
        return ""
    usual = {"http": "80", "https": "443"}[found["scheme"]]
    port = "" if found["port"] in (None, usual) else f":{found['port']}"
    return f"{found['scheme']}://{found['host']}{port}"


def valid_keys(p256dh: str, auth: str) -> bool:
    """Whether messages can be encrypted with these: base64url of a P-256 point and of 16 bytes."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{87}=?", p256dh):
        return False
    return _on_curve(p256dh) and re.fullmatch(r"[A-Za-z0-9_-]{22}(==)?", auth) is not None


def _known(host: str) -> bool:
    return any(host.endswith(name) if name[0] == "." else host == name for name in PUSH_HOSTS)


def _on_curve(p256dh: str) -> bool:
    point = base64.urlsafe_b64decode(p256dh[:87] + "=")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        return False
    return True
