"""Browsers in which somebody has signed in before. Whoever knows a name can guess at its password
until nobody is listened to; the one whose name it is goes on signing in where they always do.

A signed cookie says whose browser it is. It opens nothing: it only has tries of its own.
"""

import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from app.sealing.custody import key_file

COOKIE = "nafuda_browser"
MOST_PEOPLE = 8
"""Of one browser; a desk's PC is shared."""
LIFE = 400 * 24 * 3600
KnownBrowser = Mapping[str, str]
"""By person (their id), what this browser is called for them."""


def known_browser(request: Request) -> KnownBrowser:
    settings = request.app.state.settings
    try:
        pairs = _signer(settings.data_dir).loads(request.cookies[_cookie_name(settings.secure)])
    except (KeyError, BadData):
        return {}
    return {str(person): str(name) for person, name in pairs}


def remember_browser(request: Request, response: Response, staff_id: UUID) -> None:
    """The newest come last; the oldest is forgotten."""
    settings, known = request.app.state.settings, dict(known_browser(request))
    known[str(staff_id)] = known.pop(str(staff_id), secrets.token_hex(8))
    response.set_cookie(
        _cookie_name(settings.secure),
        str(_signer(settings.data_dir).dumps(list(known.items())[-MOST_PEOPLE:])),
        max_age=LIFE,
        httponly=True,
        secure=settings.secure,
        samesite="lax",
        path="/",
    )


def _cookie_name(secure: bool) -> str:
    return f"__Host-{COOKIE}" if secure else COOKIE


@cache
def _signer(data_dir: Path) -> URLSafeSerializer:
    return URLSafeSerializer(key_file(data_dir, "cookie"), salt="staff-browser")
