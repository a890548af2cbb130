"""Reports that the server has already, when their ids come again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, tuple_, update
from sqlmodel import Session, col

from app.audit.commands import record
from app.reports.gaps import note_numbers
from app.reports.models import PastReport, Report
from app.reports.senders import Sender
from app.reports.submissions import Submission

Key = tuple[UUID, UUID]
RESCUED = "rescued"

# Built once: building a statement takes longer than running it.
KNOWN = select(
    col(Report.network_id),
    col(Report.id),
    col(Report.fingerprint),
    col(Report.receipt),
    col(Report.device_id),
    col(Report.flags),
).where(tuple_(col(Report.network_id), col(Report.id)).in_(bindparam("keys", expanding=True)))
PAST = select(
    col(PastReport.network_id),
    col(PastReport.id),
    col(PastReport.fingerprint),
    col(PastReport.receipt),
).where(
    tuple_(col(PastReport.network_id), col(PastReport.id)).in_(bindparam("keys", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of it to answer. `rescued`: a stand-in brought it (see rescue.py).
    `is_past`: it was kept long enough and let go; no device speaks for it any more."""

    fingerprint: str
    receipt: bytes
    device_id: UUID | None
    rescued: bool = False
    is_past: bool = False


def already_here(session: Session, submissions: Sequence[Submission]) -> dict[Key, Known]:
    """Also those that were let go: what arrived once never arrives anew."""
    keys = [one.key for one in submissions]
    connection = session.connection()
    here = {
        (row[0], row[1]): Known(row[2], row[3], row[4], RESCUED in row[5])
        for row in connection.execute(KNOWN, {"keys": keys})
    }
    others = [key for key in keys if key not in here]
    past = connection.execute(PAST, {"keys": others}) if others else ()
    return here | {(row[0], row[1]): Known(row[2], row[3], None, is_past=True) for row in past}


def hand_over(
    session: Session,
    known: dict[Key, Known],
    pairs: Sequence[tuple[Submission, Sender]],
    now: datetime,
) -> bool:
    """Phones themselves bring what had been rescued from their screens: it is their report now.
    Whether there was any."""
    rescued = {one.key: (one, sender) for one, sender in pairs if _was_rescued(known[one.key], one)}
    note_numbers(session, list(rescued.values()), now)
    for one, sender in rescued.values():
        known[one.key] = replace(known[one.key], device_id=one.device_id)
        _give_to(session, one, sender, now)
    return bool(rescued)


def _was_rescued(here: Known, one: Submission) -> bool:
    same = here.fingerprint == one.fingerprint and here.device_id != one.device_id
    return here.rescued and same and RESCUED not in one.flags


def _give_to(session: Session, one: Submission, sender: Sender, now: datetime) -> None:
    session.execute(
        update(Report)
        .where(col(Report.network_id) == one.network_id, col(Report.id) == one.envelope.report_id)
        .values(
            device_id=sender.device_id, badge_id=sender.badge_id, workplace_id=sender.workplace_id
        )
    )
    record(
        session,
        one.network_id,
        actor=f"phone:{one.device_id}",
        action="report.hand_over",
        object_id=one.envelope.report_id,
        now=now,
    )
