"""Servers that can be killed: real processes on a copy of the town."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from tests.faults.disk import library

ROOT = Path(__file__).parents[2]


@dataclass
class Server:
    pid: int
    port: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def kill(self) -> None:
        self._signal(signal.SIGKILL)
        await asyncio.wait_for(self.ended.wait(), 30)

    async def terminate(self) -> None:
        """As `systemctl stop` does it: what was taken is finished."""
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.ended.wait(), 15)
        except TimeoutError:
            await self.kill()

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            if not self.ended.is_set():
                os.kill(self.pid, number)


class Servers:
    """Orders for the zygote, and news from it."""

    async def __aenter__(self) -> "Servers":
        self._numbers = count()
        self._starting: dict[int, asyncio.Future[Server]] = {}
        self._running: dict[int, Server] = {}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.zygote",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
            env=os.environ | {"LD_PRELOAD": str(library()), "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._listener = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *trouble: object) -> None:
        for server in list(self._running.values()):
            await server.kill()
        self._process.kill()
        await self._process.wait()
        self._listener.cancel()

    async def start(
        self,
        data_dir: Path,
        database_url: str = "",
        *,
        environment: dict[str, str] | None = None,
        arm: list[dict[str, Any]] | None = None,
        pragmas: tuple[str, ...] = (),
    ) -> Server:
        number = next(self._numbers)
        order = {
            "order": number,
            "data_dir": str(data_dir),
            "database_url": database_url,
            "environment": environment or {},
            "arm": arm or [],
            "pragmas": pragmas,
        }
        self._starting[number] = asyncio.get_running_loop().create_future()
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        try:
            return await asyncio.wait_for(self._starting[number], 60)
        except TimeoutError:
            raise RuntimeError((data_dir / "log").read_text()[-4000:]) from None

    async def _listen(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            news = json.loads(line)
            if "order" in news:
                server = Server(news["pid"], news["port"])
                self._running[server.pid] = server
                self._starting.pop(news["order"]).set_result(server)
            elif server := self._running.pop(news["exited"], None):
                server.ended.set()
        for waiting in self._starting.values():
            waiting.set_exception(RuntimeError("the zygote has died"))
