"""The world of one run: a town with a server, a proxy in front, and phones."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import aiohttp

from app.clock import system_clock
from app.db import Database
from tests.faults.disk import GOOD, Disk
from tests.faults.facts import Ledger, PhoneFacts, phone_facts, read_ledger
from tests.faults.model import Outcome, Run, judge
from tests.faults.phones import NOTE, Node, Phone, page_data
from tests.faults.proxy import Proxy
from tests.faults.servers import Server, Servers
from tests.postgres import Cluster, running_cluster
from tests.towns import Town, build, settings_in

DAY = 24 * 3600


@dataclass
class Rig:
    """What all runs share."""

    folder: Path
    servers: Servers
    node: Node
    proxy: Proxy
    cluster: Cluster
    towns: dict[str, Town]
    crowd: int

    def template(self, database: str) -> Path:
        return self.folder / f"{database}-town"


@asynccontextmanager
async def running_rig(crowd: int) -> AsyncIterator[Rig]:
    folder = Path(tempfile.mkdtemp(prefix="nafuda-faults-"))
    with running_cluster() as cluster:
        cluster.execute("CREATE DATABASE town")
        urls = {"sqlite": "", "postgres": cluster.url("town")}
        towns = {name: build(settings_in(folder / f"{name}-town", urls[name])) for name in urls}
        proxy = Proxy()
        await proxy.open()
        async with Servers() as servers, Node() as node:
            yield Rig(folder, servers, node, proxy, cluster, towns, crowd)
        await proxy.close()
    shutil.rmtree(folder, ignore_errors=True)


@dataclass
class World:
    rig: Rig
    database: str
    folder: Path
    url: str
    seed: int = 0
    rng: Random = field(default_factory=Random)
    server: Server | None = None
    phones: list[Phone] = field(default_factory=list)
    others: list[PhoneFacts] = field(default_factory=list)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    tabs: int = 1
    may_park: bool = False
    spent: bool = False
    script: str = "product"
    ledger: Ledger | None = None

    @property
    def proxy(self) -> Proxy:
        return self.rig.proxy

    @property
    def node(self) -> Node:
        return self.rig.node

    @property
    def disk(self) -> Disk:
        return Disk(self.folder / "nafuda.db")

    @property
    def town(self) -> Town:
        return self.rig.towns[self.database]

    async def begin(self, seed: int, name: str) -> None:
        self.seed, self.rng = seed, Random(f"{name} {seed}")
        self.phones, self.others, self.may_park, self.tabs = [], [], False, 1
        self.proxy.begin()
        if self.server:
            self.proxy.upstream = self.server.port
        await self.node.ask("begin", now=system_clock().timestamp() * 1000)

    async def start(self, **options: Any) -> Server:
        """A server on this town, behind the proxy. `arm`, `pragmas`: see zygote.py."""
        options.setdefault("environment", self.disk.environment(journal=False))
        self.spent = self.spent or bool(options.get("arm") or options.get("pragmas"))
        self.server = await self.rig.servers.start(self.folder, self.url, **options)
        self.proxy.upstream = self.server.port
        return self.server

    async def run(self) -> Server:
        if self.server is None or self.server.ended.is_set():
            await self.start()
        assert self.server
        self.proxy.upstream = self.server.port
        return self.server

    async def phone(self, *, opens: bool = True, starts: bool = True, **options: Any) -> Phone:
        """Somebody scans a badge that nobody has used in this run."""
        place = len(self.phones)
        page = await self.page(self.town.code("conveni", place))
        name = f"phone-{place}"
        phone = Phone(self.node, name, page, self.script)
        base = f"http://127.0.0.1:{self.proxy.port}"
        await phone.ask("phone", base=base, seed=self.rng.getrandbits(32), **options)
        self.phones.append(phone)
        if opens:
            await phone.open(starts=starts)
        return phone

    async def page(self, code: str) -> dict[str, Any]:
        if code not in self.pages:
            server = await self.run()
            async with aiohttp.ClientSession() as client:
                answer = await client.get(f"http://127.0.0.1:{server.port}/B/{code}")
                self.pages[code] = page_data(await answer.text())
        return self.pages[code]

    async def press(self, phone: Phone, count: int, tab: str = "tab") -> None:
        for _ in range(count):
            urgent, note = self.rng.random() < 0.4, self.rng.random() < 0.3
            await phone.press(tab, urgent=urgent, note=NOTE if note else "")

    async def pass_time(self, seconds: float, **options: Any) -> bool:
        return bool(await self.node.ask("pass", seconds=seconds, **options))

    async def heal(self) -> None:
        """The fault is over: a server, a wire, a disk that works, and every phone in somebody's
        hand again."""
        self.proxy.fault = None
        if self.disk.database.exists():
            self.disk.behave(GOOD)
        await self.run()
        for phone in self.phones:
            await phone.change(online=True, says_online=None, kills=[])
            await phone.ask("trouble", full=False, lost=0)
            if not (await phone.look())["alive"]:
                await phone.open("again")
            for tab in (await phone.look())["alive"]:
                await phone.event("pageshow", tab)

    async def settle(self) -> None:
        await self.pass_time(DAY / 4, until="settled")

    def opened_database(self) -> closing[Database]:
        return closing(Database(self.url or f"sqlite:///{self.folder / 'nafuda.db'}"))

    async def judge(self) -> Outcome:
        facts = list(self.others)
        for phone in self.phones:
            facts.append(phone_facts(phone.name, await phone.look(), phone.evicted, self.tabs))
        reports = {key for phone in facts for key in phone.confirmed}
        reports |= {receipt["report_id"] for receipt in self.proxy.receipts}
        devices = {device for phone in facts for device in phone.devices}
        if self.ledger:
            ledger = self.ledger
        else:
            with self.opened_database() as database:
                ledger = await asyncio.to_thread(read_ledger, database, reports, devices)
        wire = self.proxy
        return judge(Run(facts, ledger, wire.receipts, sorted(wire.requests), self.may_park))

    async def end(self) -> None:
        if self.server:
            await self.server.kill()
        if self.url:
            self.rig.cluster.execute(f"DROP DATABASE {self.folder.name} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


def new_world(rig: Rig, database: str) -> World:
    name = f"w{uuid4().hex}"
    folder = rig.folder / name
    shutil.copytree(rig.template(database), folder)
    url = ""
    if database == "postgres":
        rig.cluster.execute(f"CREATE DATABASE {name} TEMPLATE town")
        url = rig.cluster.url(name)
    return World(rig, database, folder, url)
