"""A client of the app that stays in its own thread: to start another one, with an event loop, takes
longer than most requests do."""

import asyncio
import atexit
import threading
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import ASGITransport, BaseTransport, ByteStream, Request, Response

RUNNER = asyncio.Runner()
atexit.register(RUNNER.close)


class NearClient(TestClient):
    """As any other, where it can be: in the main thread, while no loop runs there."""

    def __init__(
        self, app: Any, *, raise_server_exceptions: bool = True,
        client: tuple[str, int] = ("testclient", 50_000), **options: Any,
    ) -> None:  # fmt: skip
        rest = {"raise_server_exceptions": raise_server_exceptions, "client": client, **options}
        super().__init__(app, **rest)
        near = ASGITransport(app, raise_app_exceptions=raise_server_exceptions, client=client)
        self._transport = NearTransport(near, self._transport)


class NearTransport(BaseTransport):
    def __init__(self, near: ASGITransport, far: BaseTransport) -> None:
        self.near, self.far = near, far

    def handle_request(self, request: Request) -> Response:
        is_whole = isinstance(request.stream, ByteStream)
        if is_whole and threading.current_thread() is threading.main_thread() and not _is_running():
            return RUNNER.run(self._ask(request))
        return self.far.handle_request(request)

    async def _ask(self, request: Request) -> Response:
        answer = await self.near.handle_async_request(request)
        body = [part async for part in answer.stream]
        return Response(
            answer.status_code, headers=answer.headers, stream=ByteStream(b"".join(body))
        )

    def close(self) -> None:
        self.far.close()


def _is_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
