"""Phones in Node (phone.js), driven from here."""

import asyncio
import json
import re
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

from app.web.building import esbuild, node_folder

HERE = Path(__file__).parent
SCRIPTS = {"product": "tab.js", "deleting first": "tab_deleting_first.js"}
NOTE = "だれにも読めないはずのひとこと"


class Node:
    """The process that all phones run in."""

    async def __aenter__(self) -> "Node":
        self._numbers = count()
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._process = await asyncio.create_subprocess_exec(
            str(node_folder() / "node"), str(HERE / "phone.js"), limit=64 * 1024 * 1024,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listener = asyncio.create_task(self._listen())
        with tempfile.TemporaryDirectory() as folder:
            for name, source in SCRIPTS.items():
                built = f"{folder}/{source}"
                esbuild(
                    str(HERE / source), "--format=iife", "--global-name=tab", f"--outfile={built}"
                )
                await self.ask("load", name=name, path=built)
        return self

    async def __aexit__(self, *trouble: object) -> None:
        self._process.kill()
        await self._process.wait()
        self._listener.cancel()

    async def ask(self, op: str, **given: Any) -> Any:
        number = next(self._numbers)
        self._asked[number] = asyncio.get_running_loop().create_future()
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"id": number, "op": op, **given}).encode() + b"\n")
        return await asyncio.wait_for(self._asked[number], 300)

    async def _listen(self) -> None:
        assert self._process.stdout
        async for line in self._process.stdout:
            answer = json.loads(line)
            waiting = self._asked.pop(answer["id"])
            if "error" in answer:
                waiting.set_exception(RuntimeError(answer["error"]))
            else:
                waiting.set_result(answer["result"])


class Phone:
    """One phone with one badge. Its first tab is open, and keeps sending, unless told otherwise."""

    def __init__(self, node: Node, name: str, page: dict[str, Any], script: str) -> None:
        self.node, self.name, self.page, self.script = node, name, page, script
        self._drafts = count()
        self.evicted: set[str] = set()

    async def ask(self, op: str, **given: Any) -> Any:
        return await self.node.ask(op, phone=self.name, **given)

    async def open(self, tab: str = "tab", *, starts: bool = True) -> None:
        await self.ask("open", tab=tab, script=self.script)
        if starts:
            await self.ask("start", tab=tab)

    async def press(
        self, tab: str = "tab", *, urgent: bool = False, note: str = "", draft: str = ""
    ) -> None:
        await self.ask(
            "press", tab=tab, page=self.page, urgent=urgent, note=note, items=["CV-01"],
            draft=draft or f"{self.name}-draft-{next(self._drafts)}",
        )  # fmt: skip

    async def event(self, name: str, tab: str = "tab", target: str = "window") -> None:
        await self.ask("event", tab=tab, name=name, target=target)

    async def change(self, **fields: Any) -> None:
        await self.ask("change", **fields)

    async def online(self, online: bool) -> None:
        await self.change(online=online)
        if online:
            await self.event("online")

    async def look(self) -> dict[str, Any]:
        facts: dict[str, Any] = await self.ask("look")
        return facts

    async def evict(self) -> None:
        """What the browser throws away when site data is cleared, remembered here for the model."""
        states = (await self.look())["entries"]
        self.evicted |= {
            one["report_id"] for one in states if one["state"] in ("sealed", "sending")
        }
        await self.ask("wipe_disk")


def page_data(html: str) -> dict[str, Any]:
    """What the badge's page holds for its script."""
    found = re.search(r'id="page-data"[^>]*>(.*?)</script>', html, re.S)
    assert found, html[:2000]
    data: dict[str, Any] = json.loads(found[1])
    return data
