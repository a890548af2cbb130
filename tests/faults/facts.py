"""What the phones, the wire and the database say after a run."""

import base64
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from itsdangerous import URLSafeSerializer
from sqlmodel import Session, col, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.badges.models import Device
from app.db import Database
from app.deliveries.models import OutboxItem
from app.networks.models import Network
from app.reports.models import Report, ReportConflict


@dataclass(frozen=True)
class Row:
    """One report as the database has it."""

    report_id: str
    envelope: bytes
    receipt: dict[str, Any]
    device_id: str
    device_seq: int


@dataclass
class PhoneFacts:
    """What one phone has promised its user, and what it would show now."""

    name: str
    confirmed: dict[str, dict[str, Any]]
    entries: dict[str, dict[str, Any]]
    devices: set[str]
    evicted: set[str] = field(default_factory=set)
    disk: str = ""
    tabs: int = 1


@dataclass
class Ledger:
    """What the server keeps."""

    rows: list[Row]
    quarantine: dict[str, set[bytes]] = field(default_factory=dict)
    notices: Counter[str] = field(default_factory=Counter)
    audits: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    tells_centre: bool = True


def phone_facts(name: str, look: dict[str, Any], evicted: set[str], tabs: int) -> PhoneFacts:
    kept = {one["report_id"]: opened(one) for one in look["entries"]}
    disk = json.dumps([look["meta"], *({**one, "bytes": None} for one in look["entries"])])
    disk += "".join(one["bytes"].decode() for one in kept.values())
    return PhoneFacts(
        name,
        {one["report_id"]: opened(one) for one in look["confirmed"]},
        kept,
        {device_of(token) for token in look["tokens"]},
        evicted,
        json.dumps(disk, ensure_ascii=False) + disk,
        tabs,
    )


def opened(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "bytes": base64.b64decode(entry["bytes"])}


def device_of(token: str) -> str:
    _, (_, device_id) = URLSafeSerializer("").loads_unsafe(token)
    return str(device_id)


def read_ledger(database: Database, reports: Iterable[str], devices: Iterable[str]) -> Ledger:
    """Everything about these reports, and every report of these phones."""
    ids, phones = [UUID(one) for one in reports], [UUID(one) for one in devices]
    with database.reading() as session:
        rows = {
            row.id: row
            for part in parts(ids)
            for row in session.exec(select(Report).where(col(Report.id).in_(part)))
        }
        for part in parts(phones):
            query = select(Report).where(col(Report.device_id).in_(part))
            rows.update({row.id: row for row in session.exec(query)})
        return Ledger(
            [as_row(row) for row in rows.values()],
            quarantine(session),
            notices(session),
            audits(session),
            broken(session),
            strays(session, list(rows.values())),
        )


def parts(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def as_row(row: Report) -> Row:
    return Row(
        str(row.id), row.envelope, json.loads(row.receipt), str(row.device_id), row.device_seq
    )


def quarantine(session: Session) -> dict[str, set[bytes]]:
    found: dict[str, set[bytes]] = {}
    for one in session.exec(select(ReportConflict)):
        found.setdefault(str(one.report_id), set()).add(one.envelope)
    return found


def notices(session: Session) -> Counter[str]:
    query = select(OutboxItem.payload).where(OutboxItem.kind == "report.arrived")
    return Counter(payload["report_id"] for payload in session.exec(query))


def audits(session: Session) -> Counter[str]:
    query = select(AuditEntry.object_id).where(AuditEntry.action == "report.create")
    return Counter(session.exec(query))


def broken(session: Session) -> list[str]:
    found = {one.slug: first_broken(session, one.id) for one in session.exec(select(Network))}
    return [f"{slug}: {number}" for slug, number in found.items() if number is not None]


def strays(session: Session, rows: list[Report]) -> list[str]:
    """Rows whose network is not their device's."""
    return [str(row.id) for row in rows if not session.get(Device, (row.network_id, row.device_id))]
