"""Bytes on a real connection that no client library would send: an answer, or an end, never a 500.

Each case opens its own connection; afterwards a sound report still gets in over HTTP.
"""

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI

from tests.browser.rig.web_server import serving
from tests.cast import Cast

NAMED = "/api/reports/01920000-0000-7000-8000-000000000000"


class Wire:
    """One phone's cookie, and a socket for every request."""

    def __init__(self, origin: str, cookie: str) -> None:
        self.port, self.cookie = urlsplit(origin).port or 0, cookie

    def head(self, *lines: str, path: str = NAMED, method: str = "PUT") -> bytes:
        usual = ("Host: localhost", f"Cookie: {self.cookie}", "Content-Type: application/json")
        return "\r\n".join([f"{method} {path} HTTP/1.1", *usual, *lines, "", ""]).encode()

    def say(self, *pieces: bytes, wait: float = 5) -> tuple[int, bytes]:
        """Status and all that was answered; 0 if the server closed without a word."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
            except OSError:
                pass  # The server had heard enough.
            return self._heard(connection)

    def _heard(self, connection: socket.socket) -> tuple[int, bytes]:
        heard = b""
        try:
            while b"\r\n\r\n" not in heard and (more := connection.recv(65536)):
                heard += more
        except (TimeoutError, ConnectionError):
            pass
        return (int(heard.split(b" ")[1]) if heard.startswith(b"HTTP/1.1 ") else 0), heard


@pytest.fixture
def wire(app: FastAPI, cast: Cast) -> Iterator[Wire]:
    phone = cast.phone()
    phone.pair()
    (cookie,) = list(phone.client.cookies.jar)
    with serving(app) as origin:
        wire = Wire(origin, f"{cookie.name}={cookie.value}")
        yield wire
        raw = json.dumps(envelope := phone.envelope()).encode()
        length, path = f"Content-Length: {len(raw)}", f"/api/reports/{envelope['report_id']}"
        assert wire.say(wire.head(length, path=path) + raw)[0] == 201


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def test_what_is_too_large_is_refused_before_it_is_read(wire: Wire) -> None:
    for size in (64 * 1024 + 1, 60 * 1024 * 1024, 10**12):
        status, _ = wire.say(wire.head(f"Content-Length: {size}"), b"x" * min(size, 70_000))
        assert status == 413, size


def test_chunks_without_end_are_cut_at_the_limit(wire: Wire) -> None:
    head = wire.head("Transfer-Encoding: chunked")
    status, _ = wire.say(head, *[chunk(b"x" * 8192)] * 40)
    assert status == 413


def test_who_stops_in_the_middle_is_told_and_let_go(wire: Wire, app: FastAPI) -> None:
    app.state.settings = app.state.settings.model_copy(update={"reading_seconds": 0.3})
    for head in (wire.head("Transfer-Encoding: chunked"), wire.head("Content-Length: 900")):
        assert wire.say(head, b"5\r\nhello\r\n")[0] == 408


def test_who_hangs_up_in_the_middle_harms_nobody(wire: Wire) -> None:
    for pieces in ((b"PUT ",), (wire.head("Content-Length: 900"), b'{"v":1,'), (b"",)):
        with socket.create_connection(("127.0.0.1", wire.port)) as connection:
            for piece in pieces:
                connection.sendall(piece)


def test_a_head_too_large_is_refused(wire: Wire) -> None:
    for lines in ([f"X-Odd: {'x' * 100_000}"], [f"X-{n}: {'x' * 90}" for n in range(1000)],
                  [f"Cookie: {'a=b; ' * 20_000}"]):  # fmt: skip
        assert wire.say(wire.head("Content-Length: 0", *lines))[0] == 431


def test_what_is_no_http_gets_no_page(wire: Wire) -> None:
    for raw in (
        b"\x00" * 400, b"\x16\x03\x01\x02\x00\x01\x00" * 30, b"GET / HTTP/9.9\r\n\r\n",
        b"PUT\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        wire.head("Content-Length: -1"), wire.head("Content-Length: abc"),
        wire.head("Content-Length: 5", "Content-Length: 6") + b"hello!",
        wire.head("Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n",
        wire.head("Transfer-Encoding: chunked") + b"ZZ\r\nhello\r\n",
        wire.head(path="/api/reports/\x01"), wire.head("X-\x00: y"), b"GET " + b"/" * 70_000,
    ):  # fmt: skip
        status, heard = wire.say(raw, wait=1)
        assert status == 0 or 400 <= status < 500, (raw[:60], heard[:200])
        assert b"Traceback" not in heard


def test_a_spoofed_host_reaches_no_answer(wire: Wire) -> None:
    head = wire.head("Content-Length: 2", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.jp")
    status, heard = wire.say(head.replace(b"Host: localhost", b"Host: evil.jp", 1) + b"{}")
    assert status == 400
    assert b"evil" not in heard
