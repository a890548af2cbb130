"""Sending in a process of its own: `python -m bench.sender KIND FOLDER ORIGIN COUNT`.

KIND is `ours` (from the written outbox to the recorded answers), `everybody` (from the message on),
`plain` (`webpush()` in a loop) or
`encryption` (alone). Prints seconds, processor seconds, and every half second the memory, as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import uvloop
from pywebpush import webpush
from sqlmodel import col, func, select

from app.clock import system_clock
from app.db import Database
from app.deliveries.dispatch import Dispatcher
from app.deliveries.models import Evidence, Message, Subscription
from app.deliveries.notifications import Notifications
from app.deliveries.vapid_keys import current_vapid_key, private_key_of
from app.memory import settle
from app.sealing.custody import MasterKey, key_file
from app.worker import lanes
from bench.encryption import encrypted
from bench.subscribers import raw, write_to_all
from bench.town import settled

EVERY = 0.5
LONGEST = 120
WARM_UP = 200


@dataclass
class Spent:
    """Processor time counts all threads."""

    seconds: float = 0
    cpu: float = 0


class Sending:
    """A worker, and the phones of its only network."""

    def __init__(self, folder: Path, origin: str, count: int) -> None:
        self.settings = settled(folder).model_copy(update={"push_origins": (origin,)})
        self.database = Database(self.settings.database)
        self.master = MasterKey(key_file(folder, "master"))
        self.memory: list[float] = []
        with self.database.reading() as session:
            all_phones = select(Subscription).order_by(col(Subscription.created_at))
            self.phones = list(session.exec(all_phones.limit(count)))
        self.network_id = self.phones[0].network_id

    async def ours(self) -> Spent:
        """What stands in the outbox, until every phone that answers has its message."""
        dispatcher = await self._warmed_up()
        message = await self._write(self.phones)
        with measured() as spent:
            await self._until_accepted(asyncio.create_task(dispatcher.run()), message)
        return spent

    async def everybody(self) -> Spent:
        """The same, but the outbox is written meanwhile."""
        dispatcher = await self._warmed_up()
        with measured() as spent:
            working = asyncio.create_task(dispatcher.run())
            await self._until_accepted(working, await self._write(self.phones))
        return spent

    async def _warmed_up(self) -> Dispatcher:
        """With open connections and full caches."""
        by_kind = lanes(self.settings, self.master)
        dispatcher = Dispatcher(self.database, system_clock, {}, by_kind)
        await self._write(self.phones[:WARM_UP])
        while await dispatcher.work_once():
            pass
        settle()
        return dispatcher

    async def _write(self, phones: list[Subscription]) -> Message:
        return await asyncio.to_thread(write_to_all, self.database, self.network_id, phones)

    async def _until_accepted(self, working: asyncio.Task[None], message: Message) -> None:
        wanted = sum("/201/" in phone.endpoint for phone in self.phones)
        until = time.monotonic() + LONGEST
        while await asyncio.to_thread(self._accepted, message) < wanted:
            if time.monotonic() > until:
                raise RuntimeError("not everybody was reached in time")
            self.memory.append(resident())
            await asyncio.sleep(EVERY)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)

    def _accepted(self, message: Message) -> int:
        theirs = Evidence.network_id == self.network_id, Evidence.message_id == message.id
        count = select(func.count()).select_from(Evidence).where(*theirs)
        with self.database.reading() as session:
            return session.exec(count.where(Evidence.kind == "accepted")).one()

    async def plain(self) -> Spent:
        """As the tutorials send: a new connection and a new signature each time."""
        body, key = self._body(), self._private_key()
        with measured() as spent:
            for phone in self.phones:
                keys = {"p256dh": phone.p256dh, "auth": phone.auth}
                claims: dict[str, str | int] = {"sub": self.settings.vapid_contact}
                webpush({"endpoint": phone.endpoint, "keys": keys}, body, key, claims, ttl=86400)
        return spent

    async def encryption(self) -> Spent:
        body, keys = self._body(), [(raw(one.p256dh), raw(one.auth)) for one in self.phones]
        with measured() as spent:
            for point, auth in keys:
                encrypted(point, auth, body)
        return spent

    def _private_key(self) -> str:
        with self.database.reading() as session:
            key = current_vapid_key(session, self.network_id)
            return raw_pem(private_key_of(key, self.master))

    def _body(self) -> bytes:
        message = write_to_all(self.database, self.network_id, [])
        made = Notifications(self.settings.base_url, system_clock())
        return made.of(message, "ja", receipts="/api/messages")[0].body


@contextmanager
def measured() -> Iterator[Spent]:
    spent, began, cpu = Spent(), time.monotonic(), time.process_time()
    yield spent
    spent.seconds, spent.cpu = time.monotonic() - began, time.process_time() - cpu


def raw_pem(pem: str) -> str:
    """As `webpush()` takes it: without its first and last line."""
    return "".join(pem.strip().splitlines()[1:-1]).translate(str.maketrans("+/", "-_"))


def resident() -> float:
    """Megabytes of memory that this process holds."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    kind, folder, origin, count = sys.argv[1:]
    sending = Sending(Path(folder), origin, int(count))
    spent: Spent = uvloop.run(getattr(sending, kind)())
    print(json.dumps(asdict(spent) | {"memory": sending.memory}))


if __name__ == "__main__":
    main()
