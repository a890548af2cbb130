"""Asking for an export, keeping its file for a day, giving it out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from app.audit.commands import record
from app.db import Database, table_of
from app.deliveries.outbox import Item, enqueue
from app.errors import N_, Conflict, NotFound
from app.holdings.models import DataExport, DataExportPart
from app.networks.scope import get_row, in_network
from app.web.access import StaffActor

MAKE, EXPIRE = "data.export", "data.export_ends"
LIFE = timedelta(hours=24)
PART = 512 * 1024


def ask_for_export(
    session: Session, actor: StaffActor, *, with_codes: bool, now: datetime
) -> DataExport:
    """One at a time: who asks while one is being made gets that one. Raises Conflict if it isn't
    what they ask for."""
    if running := running_export(session, actor.network_id):
        if running.with_codes != with_codes:
            raise Conflict(
                N_("いま別の書き出しを作っています。終わってから、もう一度押してください。")
            )
        return running
    export = DataExport(
        network_id=actor.network_id, asked_by_id=actor.id, asked_at=now, with_codes=with_codes
    )
    session.add(export)
    session.flush()
    enqueue(session, actor.network_id, MAKE, {"export_id": str(export.id)}, now)
    note_export(session, export, actor, "data.export", now)
    return export


def running_export(session: Session, network_id: UUID) -> DataExport | None:
    query = in_network(DataExport, network_id).where(
        col(DataExport.done_at).is_(None), col(DataExport.failed_at).is_(None)
    )
    return session.exec(query).first()


def newest_exports(session: Session, network_id: UUID, most: int = 5) -> list[DataExport]:
    query = in_network(DataExport, network_id).order_by(col(DataExport.asked_at).desc())
    return list(session.exec(query.limit(most)))


def keep_file(session: Session, export: DataExport, file: Path, now: datetime) -> None:
    """In parts, until this time tomorrow."""
    with file.open("rb") as opened:
        for number, content in enumerate(iter(lambda: opened.read(PART), b"")):
            row = {"number": number, "content": content, "export_id": export.id}
            row |= {"network_id": export.network_id}
            session.connection().execute(insert(table_of(DataExportPart)), [row])
    export.size, export.done_at, export.ends_at = file.stat().st_size, now, now + LIFE
    session.add(export)
    payload = {"export_id": str(export.id)}
    enqueue(session, export.network_id, EXPIRE, payload, now + LIFE)


def expire(session: Session, item: Item, now: datetime) -> str:
    """The file goes; that there was one stays noted."""
    export = session.get(DataExport, (item.network_id, UUID(item.payload["export_id"])))
    if export is None:
        return "gone"
    session.execute(
        delete(DataExportPart).where(
            col(DataExportPart.network_id) == export.network_id,
            col(DataExportPart.export_id) == export.id,
        )
    )
    return "expired"


def give_out(session: Session, actor: StaffActor, export_id: UUID, now: datetime) -> DataExport:
    """Raises NotFound when there is no file (any more)."""
    export = get_row(session, DataExport, actor.network_id, export_id)
    if export.ends_at is None or export.ends_at <= now:
        raise NotFound(N_("このファイルは、もうありません。もう一度書き出してください。"))
    note_export(session, export, actor, "data.export_fetch", now)
    return export


def parts_of(database: Database, network_id: UUID, export_id: UUID) -> Iterator[bytes]:
    """Each read by itself: a slow download holds no transaction open."""
    number = 0
    while True:
        with database.reading() as session:
            part = session.get(DataExportPart, (network_id, export_id, number))
        if part is None:
            return
        yield part.content
        number += 1


def note_export(
    session: Session, export: DataExport, actor: StaffActor, action: str, now: datetime
) -> None:
    record(
        session,
        export.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=export.id,
        now=now,
        details={"with_codes": export.with_codes},
    )
