"""Whoever sends slowly, or stops in the middle, keeps nobody else from writing."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI

from tests.browser.rig.web_server import serving
from tests.cast import Cast

ID = "01920000-0000-7000-8000-000000000000"
BEYOND = 2 * 1024 * 1024


@pytest.fixture
def origin(app: FastAPI) -> Iterator[str]:
    with serving(app) as found:
        yield found


def begun(origin: str, path: str, *lines: str) -> socket.socket:
    """A form of which the first bytes have come, and no more."""
    kind = "Content-Type: application/x-www-form-urlencoded"
    head = [f"POST {path} HTTP/1.1", "Host: localhost", kind, *lines, "", ""]
    opened = socket.create_connection(("127.0.0.1", urlsplit(origin).port or 0), timeout=5)
    opened.sendall("\r\n".join(head).encode() + b"2\r\na=\r\n")
    return opened


def ask(origin: str) -> int:
    answer = httpx2.post(f"{origin}/verify", data={"number": "A-0001"}, timeout=5)
    return answer.status_code


def cookie_of(cast: Cast) -> str:
    jar = cast.staff("clerk").client.cookies.jar
    return "Cookie: " + "; ".join(f"{one.name}={one.value}" for one in jar)


def test_forms_that_never_end_let_others_write(origin: str, cast: Cast) -> None:
    code, cookie, length = cast.phone().code, cookie_of(cast), "Content-Length: 900"
    paths = [f"/b/{code}/reports", f"/b/{code}/pairing", "/q/ABCDEFGHJKM", "/sign-in"] * 3
    staffs = ["/office/organizations", "/office/settings/hours", f"/office/roster/{ID}/import"]
    staffs += [f"/office/running/bylaws/{ID}/acknowledgements"]
    with ExitStack() as stack:
        for path in paths:
            stack.enter_context(begun(origin, path, length))
        for path in staffs:
            stack.enter_context(begun(origin, path, length, cookie))
        assert ask(origin) == 200


@pytest.mark.parametrize("framing", ["Content-Length: 900", "Transfer-Encoding: chunked"])
def test_who_stops_in_the_middle_is_told_and_let_go(
    app: FastAPI, origin: str, cast: Cast, framing: str
) -> None:
    app.state.settings = app.state.settings.model_copy(update={"reading_seconds": 0.2})
    for path in (f"/b/{cast.phone().code}/reports", "/sign-in", "/verify"):
        with begun(origin, path, framing) as opened:
            heard = opened.recv(65536)
            assert heard.startswith(b"HTTP/1.1 408 "), path
            assert b"content-security-policy" in heard.lower()


def test_who_hangs_up_in_the_middle_harms_nobody(origin: str, cast: Cast) -> None:
    code = cast.phone().code
    for _ in range(3):
        begun(origin, f"/b/{code}/reports", "Content-Length: 900").close()
    assert ask(origin) == 200


def test_a_form_too_large_is_refused_whether_announced_or_not(origin: str) -> None:
    with begun(origin, "/verify", f"Content-Length: {BEYOND}") as opened:
        assert opened.recv(65536).startswith(b"HTTP/1.1 413 ")

    def chunks() -> Iterator[bytes]:
        for _ in range(BEYOND // 65536):
            yield b"x" * 65536

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx2.post(f"{origin}/verify", content=chunks(), headers=kind, timeout=5)
    assert answer.status_code == 413
