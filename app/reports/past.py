"""Reports that were kept long enough: first their words go, later all but what statistics count."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col

from app.badges.models import Badge, Device
from app.db import table_of
from app.networks.scope import in_network
from app.reports.forms import Envelope
from app.reports.models import Intake, PastReport, Report, ReportConflict
from app.reports.senders import LARGEST_COUNT

KEPT = (
    *("network_id", "id", "seq", "fingerprint", "receipt", "workplace_id", "industry", "items"),
    *("category", "urgency", "received_at", "received_open", "claimed_at", "closed_at"),
)

UNKNOWN: dict[str, Any] = {
    "outcome": "",
    "connections": [],
    "stopped_yen": None,
    "grade": "",
    "recovered_yen": None,
}
"""Of how it ended, where nobody wrote it down."""


def erase_words(session: Session, reports: Sequence[Report], now: datetime) -> None:
    """The note goes out of the envelope; its fingerprint goes on answering for the whole."""
    for report in reports:
        report.envelope, report.note_erased_at = without_note(report.envelope), now
        session.add(report)
        _delete_conflicts(session, report.network_id, [report.id])


def without_note(envelope: bytes) -> bytes:
    """Of what we know, all else stays as the phone said it; what only a newer phone knows goes."""
    said: dict[str, Any] = json.loads(envelope)
    known = {name: said[name] for name in Envelope.model_fields if name in said} | {"sealed": None}
    return json.dumps(known, separators=(",", ":")).encode()


def let_go(
    session: Session,
    reports: Sequence[Report],
    ended: Mapping[UUID, Mapping[str, Any]],
    now: datetime,
) -> None:
    """Nothing may refer to them any more. Their phones' numbers don't count as missing then.
    `ended`: by report, what stays of how it ended."""
    if not reports:
        return
    network_id, ids = reports[0].network_id, [report.id for report in reports]
    for report in reports:
        _count_through(session, report)
    ways = _ways(session, network_id, ids)
    rows = [
        {
            **{name: getattr(one, name) for name in KEPT},
            **(ended.get(one.id) or UNKNOWN),
            "way": ways.get(one.id, ""),
            "erased_at": now,
        }
        for one in reports
    ]
    session.flush()
    session.connection().execute(insert(table_of(PastReport)), rows)
    _delete_conflicts(session, network_id, ids)
    session.execute(
        delete(Intake).where(col(Intake.network_id) == network_id, col(Intake.report_id).in_(ids))
    )
    session.execute(
        delete(Report).where(col(Report.network_id) == network_id, col(Report.id).in_(ids))
    )


def _ways(session: Session, network_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    typed = in_network(Intake, network_id).where(col(Intake.report_id).in_(ids))
    return {one.report_id: one.way for one in session.exec(typed)}


def _count_through(session: Session, report: Report) -> None:
    if not 0 < report.device_seq <= LARGEST_COUNT:
        return
    model: type[Device | Badge]
    for model, key in ((Device, report.device_id), (Badge, report.badge_id)):
        session.execute(
            update(model)
            .where(col(model.network_id) == report.network_id, col(model.id) == key)
            .where(col(model.counted_through) < report.device_seq)
            .values(counted_through=report.device_seq)
        )


def _delete_conflicts(session: Session, network_id: UUID, ids: Sequence[UUID]) -> None:
    session.execute(
        delete(ReportConflict).where(
            col(ReportConflict.network_id) == network_id, col(ReportConflict.report_id).in_(ids)
        )
    )
