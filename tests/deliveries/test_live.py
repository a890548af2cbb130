"""Live screens on a real server: told at once, ended cleanly, and no database session meanwhile."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import uvicorn
from fastapi import FastAPI

from tests.cast import Cast, Desk
from tests.deliveries.test_dispatch import rename

STREAMS = 20


def soon(what: Callable[[], object], seconds: float = 5) -> bool:
    """Whether `what` becomes true in time."""
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.02)
    return bool(what())


class Stream:
    """One open /desk/events, read as a browser reads it."""

    def __init__(self, port: int, cookie: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(5)
        head = f"Host: x\r\nAccept-Encoding: gzip, br\r\nCookie: {cookie}"
        self.socket.sendall(f"GET /desk/events HTTP/1.1\r\n{head}\r\n\r\n".encode())
        self.read = b""

    def holds(self, wanted: bytes) -> bool:
        """Whether this came before the stream ended."""
        while wanted not in self.read:
            more = self.socket.recv(4096)
            if not more:
                return False
            self.read += more
        return True

    def hears_a_pulse(self, within: float = 5) -> bool:
        """Whether one comes, apart from those that were heard before."""
        self.read = b""
        self.socket.settimeout(within)
        try:
            return self.holds(b"event: pulse")
        except TimeoutError:
            return False

    def __enter__(self) -> "Stream":
        assert self.holds(b"retry: 2000\n\n")
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """The app on a real server."""
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    assert soon(lambda: server.started)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def cookie_of(desk: Desk) -> str:
    return "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())


def test_twenty_streams_hold_no_session_are_told_at_once_and_leave_nothing(
    app: FastAPI, cast: Cast, desk: Desk, port: int
) -> None:
    report_id = cast.phone().report()
    with ExitStack() as open_streams:
        streams = [
            open_streams.enter_context(Stream(port, cookie_of(desk))) for _ in range(STREAMS)
        ]
        assert soon(lambda: app.state.database.engine.pool.checkedout() == 0)
        began = time.monotonic()
        desk.post(f"/desk/reports/{report_id}/claim")
        assert all(stream.holds(b"event: pulse\ndata: ") for stream in streams)
        assert time.monotonic() - began < 3
    desk.post(f"/desk/reports/{report_id}/release")
    assert soon(lambda: not app.state.live._streams)


def test_another_networks_changes_are_not_heard(cast: Cast, desk: Desk, port: int) -> None:
    stranger = cast.stranger("counsellor")
    report_id = cast.stranger_phone().report()
    with Stream(port, cookie_of(desk)) as ours, Stream(port, cookie_of(stranger)) as theirs:
        assert ours.hears_a_pulse()
        assert theirs.hears_a_pulse()
        stranger.post(f"/desk/reports/{report_id}/claim")
        assert theirs.hears_a_pulse()
        assert not ours.hears_a_pulse(within=1)


def test_a_stream_ends_after_ten_minutes_and_the_browser_comes_back(
    app: FastAPI, cast: Cast, desk: Desk, port: int
) -> None:
    report_id = cast.phone().report()
    with Stream(port, cookie_of(desk)) as stream:
        cast.clock.advance(minutes=11)
        desk.post(f"/desk/reports/{report_id}/claim")
        assert stream.holds(b"0\r\n\r\n")
        assert soon(lambda: not app.state.live._streams)


def test_a_stream_gives_a_sign_of_life_while_nothing_happens(
    app: FastAPI, desk: Desk, port: int
) -> None:
    app.state.live.silence = 0.1
    with Stream(port, cookie_of(desk)) as stream:
        assert stream.holds(b"data: ")
        stream.read = b""
        assert stream.holds(b"4\r\n: \n\n")


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("clerk", 403)])
def test_only_who_reads_reports_may_listen(
    cast: Cast, port: int, role: str | None, status: int
) -> None:
    refused = Stream(port, cookie_of(cast.staff(role)) if role else "")
    assert refused.holds(b"HTTP/1.1 %d" % status)
    refused.socket.close()


def test_a_database_that_is_away_for_a_while_does_not_end_the_stream(
    app: FastAPI, cast: Cast, desk: Desk, port: int
) -> None:
    report_id = cast.phone().report()
    with Stream(port, cookie_of(desk)) as stream:
        assert stream.hears_a_pulse()
        rename(app, "counter", "away")
        time.sleep(0.7)
        rename(app, "away", "counter")
        desk.post(f"/desk/reports/{report_id}/claim")
        assert stream.hears_a_pulse()
