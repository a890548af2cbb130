"""WebDriver BiDi over one web socket: commands in, answers out (W3C WebDriver BiDi)."""

import asyncio
import itertools
import json
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed


class BiDiError(Exception):
    """The browser's own words for what went wrong."""


class BiDi:
    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def open(self, address: str) -> None:
        self._socket: ClientConnection = await connect(
            address, max_size=None, compression=None, ping_interval=None
        )
        self._reader = asyncio.create_task(self._read())
        await self.command("session.new", capabilities={})

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._ids)
        answer = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        await self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        message = await asyncio.wait_for(answer, 30)
        if message["type"] == "error":
            raise BiDiError(f"{method}: {message['error']}: {message['message']}")
        result: dict[str, Any] = message["result"]
        return result

    async def evaluate(self, context: str, expression: str) -> Any:
        """The value of an expression (or of its promise) in a page, by way of JSON."""
        result = await self.command(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": context},
            awaitPromise=True,
            userActivation=True,
        )
        if result["type"] == "exception":
            raise BiDiError(result["exceptionDetails"]["text"])
        text = result["result"].get("value")
        return None if text is None else json.loads(text)

    async def close(self) -> None:
        with suppress(BiDiError, ConnectionClosed, TimeoutError):
            await self.command("browser.close")
        await self._socket.close()
        await self._reader

    async def _read(self) -> None:
        with suppress(ConnectionClosed):
            async for raw in self._socket:
                message = json.loads(raw)
                answer = self._waiting.pop(message.get("id"), None)
                if answer is not None and not answer.done():
                    answer.set_result(message)
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(BiDiError("the browser is gone"))
