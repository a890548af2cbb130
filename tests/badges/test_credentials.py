"""The cookie is the phone's only credential: it can't be made, changed or outlive a revocation."""

import os
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.badges.credentials import Credentials
from app.badges.models import Device
from tests.cast import Cast, Phone

IDS = (UUID(int=1), UUID(int=2))


def cookie_from(credentials: Credentials) -> str:
    response = Response()
    credentials.give(response, *IDS)
    return response.headers["set-cookie"]


def asking(name: str, token: str) -> Request:
    cookie = f"{name}={token}".encode("latin-1")
    return Request({"type": "http", "headers": [(b"cookie", cookie)]})


def token_of(cookie: str) -> str:
    return cookie.split("=", 1)[1].split(";")[0]


def test_the_cookie_names_the_device_and_scripts_can_not_read_it() -> None:
    credentials = Credentials([os.urandom(32)], secure=True)
    cookie = cookie_from(credentials)
    assert cookie.startswith("__Host-nafuda_device=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=63072000"):
        assert part in cookie
    assert credentials.read(asking("__Host-nafuda_device", token_of(cookie))) == IDS


def test_on_plain_loopback_the_name_has_no_prefix() -> None:
    assert cookie_from(Credentials([os.urandom(32)], secure=False)).startswith("nafuda_device=")


def test_every_changed_character_makes_it_worthless() -> None:
    credentials = Credentials([os.urandom(32)], secure=False)
    token = token_of(cookie_from(credentials))
    for place, letter in enumerate(token[:-1]):
        forged = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        assert credentials.read(asking("nafuda_device", forged)) is None


@pytest.mark.parametrize("token", ["", ".", "null.x", "W10.x", "A" * 5000, "é"])
def test_garbage_is_nobody(token: str) -> None:
    assert Credentials([b"k" * 32], secure=False).read(asking("nafuda_device", token)) is None


def test_a_key_that_was_replaced_still_reads_and_one_taken_away_does_not() -> None:
    old, new = os.urandom(32), os.urandom(32)
    token = token_of(cookie_from(Credentials([old], secure=False)))
    request = asking("nafuda_device", token)
    assert Credentials([old, new], secure=False).read(request) == IDS
    assert Credentials([new], secure=False).read(request) is None


def revoke(app: FastAPI, phone: Phone) -> None:
    named = app.state.credentials.read(
        asking("nafuda_device", phone.client.cookies["nafuda_device"])
    )
    with app.state.database.writing() as session:
        device = session.get_one(Device, named)
        device.revoked_at = device.created_at


def test_a_revoked_phone_is_nobody_from_the_next_request_on(cast: Cast) -> None:
    phone = cast.phone()
    report_id = phone.report()
    revoke(cast.app, phone)
    assert phone.client.get(f"/reports/{report_id}").status_code == 401
    answer = phone.put(phone.envelope())
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unknown-device")
