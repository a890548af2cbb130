"""Writing an export outside of any transaction that writes, however long it takes."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import update
from sqlmodel import Session, col

from app.clock import Clock
from app.db import Database
from app.deliveries.carriers import Sent
from app.deliveries.outbox import Item, renew
from app.holdings.archive import Archive, write_archive
from app.holdings.exports import keep_file
from app.holdings.models import DataExport
from app.holdings.rows import Reading
from app.networks.models import Network
from app.networks.scope import get_network

log = structlog.get_logger()
BREATH = 5.0
"""Seconds between two signs of life, of which a lease bears a dozen."""
MOST_TRIES = 3
NAME, STALE = "export-", 24 * 3600.0
"""Of files on the disk, and after how many seconds nobody can be writing one any more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    item: Item
    export_id: UUID
    with_codes: bool


@dataclass(frozen=True, slots=True)
class Made:
    """`file` is None where it couldn't be written."""

    outcome: str
    file: Path | None = None
    archive: Archive | None = None


class Exporter:
    """A carrier of the outbox that carries a network's rows into a file."""

    def __init__(self, database_url: str, folder: Path, clock: Clock) -> None:
        self.database_url, self.folder, self.clock = database_url, folder, clock

    def prepare(
        self, session: Session, items: Sequence[Item], now: datetime
    ) -> Mapping[UUID, Wanted]:
        wanted = {}
        for item in items:
            export_id = UUID(item.payload["export_id"])
            export = session.get(DataExport, (item.network_id, export_id))
            if export and export.done_at is None and export.failed_at is None:
                wanted[item.id] = Wanted(item, export_id, export.with_codes)
        return wanted

    async def send(self, prepared: Wanted) -> Made:
        return await asyncio.to_thread(self._make, prepared)

    def record(
        self, session: Session, sent: Sequence[Sent], now: datetime
    ) -> Mapping[UUID, datetime]:
        again = {}
        for one in sent:
            export = session.get(DataExport, (one.item.network_id, one.prepared.export_id))
            if export is None or export.done_at:
                _throw_away(one.answer)
            elif one.answer.file:
                _keep(session, export, one.answer, now)
            elif one.item.attempts < MOST_TRIES:
                again[one.item.id] = now
            else:
                export.failed_at = now
                session.add(export)
        return again

    async def close(self) -> None:
        """Nothing stays open."""

    def _make(self, wanted: Wanted) -> Made:
        sweep(self.folder)
        database = Database(self.database_url)
        with tempfile.NamedTemporaryFile(
            dir=self.folder, prefix=NAME, suffix=".zip", delete=False
        ) as file:
            path = Path(file.name)
        try:
            with snapshot(database) as session:
                network = get_network(session, wanted.item.network_id)
                archive = write_archive(
                    session,
                    network.id,
                    reading_of(network, with_codes=wanted.with_codes),
                    path,
                    self.clock(),
                    _SignsOfLife(database, wanted, self.clock),
                )
        except Exception as error:
            log.error("export failed", error=type(error).__name__)
            path.unlink(missing_ok=True)
            return Made("failed")
        finally:
            database.close()
        return Made("made", path, archive)


def reading_of(network: Network, *, with_codes: bool) -> Reading:
    """What the office takes along. Requests of an earlier time are in the operator's export."""
    return Reading(codes=with_codes, contents=False, requests=network.personal_data)


def sweep(folder: Path) -> None:
    """What a worker left behind that died: everything that a network holds stood in it."""
    for left in folder.glob(f"{NAME}*"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime < STALE:
                continue
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def snapshot(database: Database) -> Session:
    """All tables as they were at one moment."""
    session = Session(database.engine)
    if not database.is_sqlite:
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session


def _keep(session: Session, export: DataExport, made: Made, now: datetime) -> None:
    assert made.file
    assert made.archive
    export.letters, export.rows = made.archive.letters, made.archive.rows
    keep_file(session, export, made.file, now)
    _throw_away(made)


def _throw_away(made: Made) -> None:
    if made.file:
        made.file.unlink(missing_ok=True)


class _SignsOfLife:
    """Says every few seconds how far it got, so that no other worker begins it anew."""

    def __init__(self, database: Database, wanted: Wanted, clock: Clock) -> None:
        self.database, self.wanted, self.clock = database, wanted, clock
        self._last = time.monotonic()

    def __call__(self, rows: int, total: int) -> None:
        if time.monotonic() - self._last < BREATH:
            return
        self._last = time.monotonic()
        with self.database.writing() as session:
            renew(session, self.wanted.item, self.clock())
            session.execute(
                update(DataExport)
                .where(
                    col(DataExport.network_id) == self.wanted.item.network_id,
                    col(DataExport.id) == self.wanted.export_id,
                )
                .values(rows=rows, total=total)
            )
