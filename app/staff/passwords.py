"""Passwords (argon2id) and the second factor (TOTP, RFC 6238)."""

import threading
from datetime import datetime

import pyotp
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pyotp.exceptions import OTPVerificationError

SHORTEST_WITH_TOTP = 8
SHORTEST_ALONE = 15

_hasher = PasswordHash((Argon2Hasher(),))
AT_ONCE = 2
"""One check costs 64 MiB and a fifth of a second of CPU."""

_turns = threading.Semaphore(AT_ONCE)
_NOBODY = _hasher.hash("nobody signs in with this")


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def password_matches(password: str, known_hash: str | None) -> bool:
    """Takes as long for a name that doesn't exist, so that names can't be found out."""
    with _turns:
        matches = _hasher.verify(password, known_hash or _NOBODY)
    return matches and known_hash is not None


def is_long_enough(password: str, has_totp: bool) -> bool:
    return len(password) >= (SHORTEST_WITH_TOTP if has_totp else SHORTEST_ALONE)


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """Which half minute since 1970 the code belongs to, one too early or too late included."""
    typed = "".join(code.split())
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(typed, for_time=now, valid_window=1)
    except OTPVerificationError:
        return None
