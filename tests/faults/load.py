"""Many phones at once, each as simple as one can be that keeps to protocol A: repeat the same
bytes until a receipt for them is there."""

import asyncio
import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from itsdangerous import URLSafeSerializer
from sqlalchemy import insert
from sqlmodel import Session, select

from app.badges.credentials import COOKIE
from app.badges.models import Badge, Device, Pairing
from app.clock import system_clock
from app.ids import new_id
from app.sealing.custody import key_file
from tests.faults.facts import PhoneFacts
from tests.faults.world import World

PATIENCE = aiohttp.ClientTimeout(total=20)


@dataclass
class Handset:
    device_id: str
    code: str
    cookie: str
    entries: list[dict[str, Any]] = field(default_factory=list)

    def press(self, urgent: bool = False) -> dict[str, Any]:
        report_id, device_seq = str(new_id()), len(self.entries) + 1
        envelope = {
            "v": 1, "report_id": report_id, "device_seq": device_seq,
            "checklist": {"id": "CV", "version": 1}, "items": ["CV-01"], "answers": {},
            "client_at": system_clock().isoformat(), "corrects": None, "sealed": None,
        }  # fmt: skip
        entry = {
            "report_id": report_id, "device_seq": device_seq, "badge_code": self.code,
            "bytes": json.dumps(envelope).encode(), "urgent": urgent, "state": "sealed",
            "draft": report_id,
        }  # fmt: skip
        self.entries.append(entry)
        return entry

    def take(self, entry: dict[str, Any], receipt: dict[str, Any]) -> None:
        digest = hashlib.sha256(entry["bytes"]).digest()
        fp = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (receipt.get("report_id"), receipt.get("fp")) == (entry["report_id"], fp):
            entry |= {"state": "acked", "receipt": receipt}

    @property
    def facts(self) -> PhoneFacts:
        kept = {entry["report_id"]: entry for entry in self.entries}
        return PhoneFacts(self.device_id, kept, kept, {self.device_id})


class Crowd:
    """Handsets that are paired already, all behind the world's proxy port or right before the
    server."""

    def __init__(self, world: World, count: int, *, through_proxy: bool = False) -> None:
        self.world, self.through_proxy = world, through_proxy
        with world.opened_database() as database, database.writing() as session:
            self.handsets = paired(session, world, count)
        self._acknowledged = 0

    @property
    def facts(self) -> list[PhoneFacts]:
        return [one.facts for one in self.handsets]

    @property
    def base(self) -> str:
        port = self.world.proxy.port if self.through_proxy else self.world.proxy.upstream
        return f"http://127.0.0.1:{port}"

    def client(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(limit=1000, force_close=True)
        return aiohttp.ClientSession(connector=connector, timeout=PATIENCE)

    async def send(self, each: int, over: float = 0) -> None:
        """Everybody presses `each` times and goes on until all has arrived. `over`: seconds in
        which they begin."""
        async with self.client() as client:
            rng = self.world.rng
            starts = [rng.random() * over for _ in self.handsets]
            pairs = zip(self.handsets, starts, strict=True)
            await asyncio.gather(*(self._live(client, *pair, each) for pair in pairs))

    async def acknowledged(self, count: int) -> None:
        """Until that many receipts are in somebody's hand."""
        total = self._acknowledged + count
        for _ in range(6000):
            if self._acknowledged >= total:
                return
            await asyncio.sleep(0.005)
        raise AssertionError("they don't get through")

    async def _live(
        self, client: aiohttp.ClientSession, handset: Handset, start: float, each: int
    ) -> None:
        await asyncio.sleep(start)
        for _ in range(each):
            await self.deliver(client, handset, handset.press())

    async def deliver(
        self, client: aiohttp.ClientSession, handset: Handset, entry: dict[str, Any]
    ) -> None:
        for _ in range(300):
            if entry["state"] == "acked":
                self._acknowledged += 1
                return
            try:
                await self.put(client, handset, entry)
            except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
                await asyncio.sleep(0.05)
        raise AssertionError("not delivered after 300 tries")

    async def put(
        self, client: aiohttp.ClientSession, handset: Handset, entry: dict[str, Any]
    ) -> int:
        headers = {
            "Content-Type": "application/json",
            "Nafuda-Badge": handset.code,
            "Cookie": f"{COOKIE}={handset.cookie}",
        }
        address = f"{self.base}/api/reports/{entry['report_id']}"
        async with client.put(address, data=entry["bytes"], headers=headers) as answer:
            body = await answer.read()
            if answer.status in (200, 201):
                receipt = json.loads(body)
                handset.take(entry, receipt)
                self.world.proxy.receipts.append(receipt)
            else:
                await asyncio.sleep(0.05)
            return answer.status


def paired(session: Session, world: World, count: int) -> list[Handset]:
    """Devices and pairings as pairing makes them, all at once."""
    signer = URLSafeSerializer([key_file(world.folder, "cookie")], salt="device")
    network_id, now = world.town.here.network.id, system_clock()
    badges = session.exec(select(Badge).where(Badge.network_id == network_id)).all()
    chosen = [badges[place % len(badges)] for place in range(count)]
    ids = [new_id() for _ in chosen]
    common = {"network_id": network_id}
    session.execute(
        insert(Device),
        [
            common | {"id": one, "last_heard_at": now, "created_at": now, "language": "ja"}
            for one in ids
        ],
    )
    session.execute(
        insert(Pairing),
        [
            common
            | {
                "id": new_id(), "device_id": device_id, "badge_id": badge.id, "call_name": "",
                "agreed_version": 1, "agreed_language": "ja", "has_inbox": False,
                "paired_at": now,
            }
            for device_id, badge in zip(ids, chosen, strict=True)
        ],
    )  # fmt: skip
    return [
        Handset(str(one), badge.code, str(signer.dumps([str(network_id), str(one)])))
        for one, badge in zip(ids, chosen, strict=True)
    ]
