"""Other bytes under a known id: kept beside the report until a person has looked at them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.deliveries.pulse import bump
from app.networks.scope import in_network
from app.reports.models import Report, ReportConflict
from app.reports.submissions import Submission
from app.web.access import StaffActor


def keep_in_quarantine(session: Session, one: Submission, now: datetime) -> None:
    """Once for the same bytes, however often they come."""
    twin = in_network(ReportConflict, one.network_id).where(
        ReportConflict.report_id == one.envelope.report_id,
        ReportConflict.fingerprint == one.fingerprint,
    )
    if session.exec(twin).first():
        return
    session.add(
        ReportConflict(
            network_id=one.network_id,
            report_id=one.envelope.report_id,
            fingerprint=one.fingerprint,
            envelope=one.raw,
            received_at=now,
        )
    )
    session.flush()
    record(
        session,
        one.network_id,
        actor=f"phone:{one.device_id}",
        action="report.conflict",
        object_id=one.envelope.report_id,
        now=now,
    )
    bump(session, one.network_id)


def conflicts_of(session: Session, report: Report) -> list[ReportConflict]:
    query = in_network(ReportConflict, report.network_id).where(
        ReportConflict.report_id == report.id
    )
    return list(session.exec(query.order_by(col(ReportConflict.received_at)).limit(9)))


def versions_to_look_at(network_id: UUID, report_id: Any) -> SelectOfScalar[ReportConflict]:
    """Different ones of a report, or of the report in the same row, that nobody has looked at."""
    return in_network(ReportConflict, network_id).where(
        col(ReportConflict.report_id) == report_id, col(ReportConflict.reviewed_at).is_(None)
    )


def mark_reviewed(session: Session, report: Report, actor: StaffActor, now: datetime) -> None:
    """Somebody has looked at all there is; a second press changes nothing."""
    waiting = [one for one in conflicts_of(session, report) if one.reviewed_at is None]
    for one in waiting:
        one.reviewed_at, one.reviewed_by_id = now, actor.id
        session.add(one)
    if waiting:
        record(
            session,
            report.network_id,
            actor=f"staff:{actor.id}",
            action="report.conflict.review",
            object_id=report.id,
            now=now,
            details={"count": len(waiting)},
        )
        bump(session, report.network_id)
