"""An ASGI app on a real port of this machine, for a browser to visit."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from tests.browser.rig.waiting import awaited


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Gives the origin; http://localhost counts as secure, so workers and pushes are allowed."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        awaited(lambda: server.started, 10, "the server to start")
        yield f"http://localhost:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
