"""Starts servers within a fraction of a second: the product is imported once, each server a fork.

Reads orders as lines of JSON and answers with {"order", "pid", "port"}, later {"exited": pid}.
"""

import json
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import event

from app.failpoints import armed
from app.main import create_app
from app.settings import Settings

LONGEST_HOLD = 20


def listen(orders: int) -> None:
    pending = b""
    while True:
        ready, _, _ = select.select([orders], [], [], 0.02)
        if ready:
            received = os.read(orders, 65536)
            if not received:
                return
            *lines, pending = (pending + received).split(b"\n")
            for line in lines:
                start(json.loads(line))
        reap()


def reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        say({"exited": pid, "status": status})


def say(message: dict[str, Any]) -> None:
    os.write(1, json.dumps(message).encode() + b"\n")


def start(order: dict[str, Any]) -> None:
    if os.fork() == 0:
        try:
            serve(order)
        finally:
            os._exit(0)


def serve(order: dict[str, Any]) -> None:
    """One server, until it is killed or told to end."""
    os.environ.update(order["environment"])
    answer = os.dup(1)
    log = os.open(Path(order["data_dir"]) / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    settings = Settings(data_dir=order["data_dir"], database_url=order["database_url"])
    app = create_app(settings)
    arm(order["arm"])
    for pragma in order["pragmas"]:
        event.listen(app.state.database.engine, "connect", executing(f"PRAGMA {pragma}"))
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            facts = {"order": order["order"], "pid": os.getpid()}
            line = json.dumps(facts | {"port": listener.getsockname()[1]}) + "\n"
            os.write(answer, line.encode())
            os.close(answer)

    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=2, backlog=4096
    )
    Announcing(config).run(sockets=[listener])


def executing(statement: str) -> Callable[[Any, Any], None]:
    def execute(connection: Any, record: Any) -> None:
        connection.execute(statement)

    return execute


def arm(points: list[dict[str, Any]]) -> None:
    """[{point, nth, act, flag}]: the nth time that a point is reached, be killed or wait there."""
    for one in points:
        armed[one["point"]] = acting(**{name: one[name] for name in ("nth", "act", "flag")})


def acting(nth: int, act: str, flag: str) -> Callable[[], None]:
    left = nth

    def reached() -> None:
        nonlocal left
        left -= 1
        if left:
            return
        if act == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        hold(Path(flag))

    return reached


def hold(flag: Path) -> None:
    """Show that the point is reached, and wait until the flag is taken down."""
    flag.touch()
    deadline = time.monotonic() + LONGEST_HOLD
    while flag.exists() and time.monotonic() < deadline:
        time.sleep(0.005)


if __name__ == "__main__":
    listen(sys.stdin.fileno())
