"""Challenges of passkey ceremonies: in a signed cookie, for one purpose and five minutes.

A cookie and no table, because a sign-in's challenge is made for strangers: nobody knows yet whose
network the row would belong to, and asking costs the server nothing that could be used up. That a
challenge serves once is the database's word: `passkeys` refuses one that is no younger than the
last use (or the last registration) it could have served.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from app.sealing.custody import key_file

COOKIE = "nafuda_challenge"
LIFE = timedelta(minutes=5)


class Purpose(StrEnum):
    REGISTRATION = "registration"
    SIGN_IN = "sign-in"


@dataclass(frozen=True)
class Challenge:
    value: bytes
    issued_at: datetime


def give_challenge(
    request: Request, response: Response, purpose: Purpose, value: bytes, bound_to: str = ""
) -> None:
    """`bound_to` is who may use it; the same word is needed to take it."""
    settings, now = request.app.state.settings, request.app.state.clock()
    token = _signer(settings.data_dir, purpose, bound_to).dumps(
        [bytes_to_base64url(value), now.isoformat()]
    )
    response.set_cookie(
        _cookie_name(settings.secure),
        str(token),
        max_age=int(LIFE.total_seconds()),
        httponly=True,
        secure=settings.secure,
        samesite="strict",
        path="/",
    )


def take_challenge(request: Request, purpose: Purpose, bound_to: str = "") -> Challenge | None:
    """The challenge this browser was given, unless it is too old or was for something else."""
    settings, now = request.app.state.settings, request.app.state.clock()
    try:
        value, issued = _signer(settings.data_dir, purpose, bound_to).loads(
            request.cookies[_cookie_name(settings.secure)]
        )
    except (KeyError, BadData):
        return None
    issued_at = datetime.fromisoformat(issued)
    if now >= issued_at + LIFE:
        return None
    return Challenge(base64url_to_bytes(value), issued_at)


def forget_challenge(request: Request, response: Response) -> None:
    secure = request.app.state.settings.secure
    response.delete_cookie(_cookie_name(secure), path="/", secure=secure, httponly=True)


def _cookie_name(secure: bool) -> str:
    return f"__Host-{COOKIE}" if secure else COOKIE


def _signer(data_dir: Path, purpose: Purpose, bound_to: str) -> URLSafeSerializer:
    return URLSafeSerializer(_key(data_dir), salt=f"passkey/{purpose}/{bound_to}")


@cache
def _key(data_dir: Path) -> bytes:
    return key_file(data_dir, "cookie")
