"""こわい思い・カスハラ: whoever met with it is helped, and somebody by name follows it up."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.alarms.models import Threat
from app.audit.commands import record
from app.deliveries.messages import alert_staff
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, Invalid
from app.networks.scope import get_row, in_network
from app.reports.models import Report
from app.staff.models import Staff
from app.staff.queries import counsellors, supervisors
from app.web.access import PhoneActor, StaffActor

ALERT_LIFE = timedelta(hours=1)
MOST = 100
OUTCOMES = ("listened", "police", "workplace", "declined", "mistake")


def tell_threat(session: Session, report: Report, phone: PhoneActor, now: datetime) -> Threat:
    """One for each report, also a closed one: for whoever has the report, else the supervisor."""
    if threat := threat_of(session, report):
        return threat
    threat = Threat(
        network_id=report.network_id,
        report_id=report.id,
        device_id=phone.device_id,
        assigned_to_id=_owner(session, report),
        created_at=now,
    )
    session.add(threat)
    session.flush()
    _note(session, threat, "threat.tell", f"phone:{phone.device_id}", now)
    return threat


def close_threat(
    session: Session, threat: Threat, actor: StaffActor, outcome: str, now: datetime
) -> None:
    """Raises Conflict if somebody did, Invalid without an outcome."""
    if outcome not in OUTCOMES:
        raise Invalid(N_("1つ選んでください。"))
    if threat.done_at:
        raise Conflict(N_("この件は、もう終わっています。"))
    threat.done_at, threat.done_by_id, threat.outcome = now, actor.id, outcome
    _note(session, threat, "threat.close", f"staff:{actor.id}", now, outcome)


def hand_threat(
    session: Session,
    threat: Threat,
    actor: StaffActor,
    earlier_id: UUID | None,
    to: Staff,
    now: datetime,
) -> None:
    """From `earlier_id`, as the page showed it, to somebody else by name, who is told. Of two at
    once one wins: raises Conflict, naming who has it now, and where it has ended."""
    changed = session.execute(
        update(Threat)
        .where(col(Threat.network_id) == threat.network_id, col(Threat.id) == threat.id)
        .where(col(Threat.assigned_to_id).is_not_distinct_from(earlier_id))
        .where(col(Threat.done_at).is_(None))
        .values(assigned_to_id=to.id)
    )
    session.refresh(threat)
    if not changed.rowcount:  # type: ignore[attr-defined]
        _refuse(session, threat)
    report = get_row(session, Report, threat.network_id, threat.report_id)
    record(
        session,
        threat.network_id,
        actor=f"staff:{actor.id}",
        action="threat.hand",
        object_id=threat.report_id,
        now=now,
        details={"from": str(earlier_id or ""), "to": str(to.id)},
    )
    bump(session, threat.network_id)
    if to.id != actor.id:
        alert_staff(
            session,
            threat.network_id,
            [to.id],
            title="対応を引き継がれました",
            body=report.receipt_no,
            path="/desk/threats",
            expires_at=now + ALERT_LIFE,
            now=now,
        )


def _refuse(session: Session, threat: Threat) -> None:
    if threat.done_at or threat.assigned_to_id is None:
        raise Conflict(N_("この件は、もう終わっています。"))
    owner = get_row(session, Staff, threat.network_id, threat.assigned_to_id)
    raise Conflict(N_("いまは%(name)sさんが担当しています。"), name=owner.name)


def threat_of(session: Session, report: Report) -> Threat | None:
    query = in_network(Threat, report.network_id).where(Threat.report_id == report.id)
    return session.exec(query).first()


def open_threats(session: Session, network_id: UUID) -> list[Threat]:
    """The oldest first."""
    query = threats_that_wait(network_id).order_by(col(Threat.created_at))
    return list(session.exec(query.limit(MOST)))


def threats_that_wait(network_id: UUID) -> SelectOfScalar[Threat]:
    return in_network(Threat, network_id).where(col(Threat.done_at).is_(None))


def _owner(session: Session, report: Report) -> UUID | None:
    if report.claimed_by_id:
        return report.claimed_by_id
    network_id = report.network_id
    people = supervisors(session, network_id) or counsellors(session, network_id)
    return people[0].id if people else None


def _note(
    session: Session, threat: Threat, action: str, actor: str, now: datetime, outcome: str = ""
) -> None:
    record(
        session,
        threat.network_id,
        actor=actor,
        action=action,
        object_id=threat.report_id,
        now=now,
        details={"outcome": outcome} if outcome else None,
    )
    bump(session, threat.network_id)
