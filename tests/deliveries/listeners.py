"""A listener inside the house: whoever connects to it went where nobody sent him."""

import socket
from contextlib import suppress
from types import TracebackType
from typing import Self


class Listener:
    """On 127.0.0.1 and ::1. It never answers; a connection waits in its queue to be counted."""

    def __enter__(self) -> Self:
        first = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(first.getsockname()[1])
        self.sockets = [first]
        with suppress(OSError):
            address = ("::1", self.port)
            self.sockets.append(socket.create_server(address, family=socket.AF_INET6, backlog=128))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for one in self.sockets:
            one.close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hits(self) -> int:
        """Connections since the last look."""
        return sum(map(_waiting, self.sockets))


def _waiting(listener: socket.socket) -> int:
    listener.setblocking(False)
    count = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            count += 1
    return count
