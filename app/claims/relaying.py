"""申し送り: all that one has in hand goes to a colleague, with a word, in one transaction."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.audit.commands import record
from app.claims.models import ClaimMove, Relay
from app.claims.moving import ALERT_LIFE, move_claim
from app.deliveries.messages import alert_staff
from app.deliveries.pulse import bump
from app.errors import N_, Conflict, NotFound
from app.instructions.models import PhoneTask
from app.instructions.phone_tasks import tasks_waiting
from app.networks.scope import get_row, in_network
from app.reports.models import Report
from app.staff.models import Staff, StaffSession
from app.web.access import StaffActor


def in_hand(session: Session, actor: StaffActor, most: int | None = None) -> list[Report]:
    """Open reports that are theirs, the oldest first."""
    mine = in_network(Report, actor.network_id).where(
        col(Report.closed_at).is_(None), Report.claimed_by_id == actor.id
    )
    return list(session.exec(mine.order_by(col(Report.seq)).limit(most)))


def calls_in_hand(session: Session, actor: StaffActor, most: int | None = None) -> list[PhoneTask]:
    """The oldest first."""
    mine = tasks_waiting(actor.network_id).where(PhoneTask.assigned_to_id == actor.id)
    return list(session.exec(mine.limit(most)))


def give_relay(session: Session, actor: StaffActor, to: Staff, note: str, now: datetime) -> Relay:
    """Raises Conflict where there is nothing to give, or some of it has just gone to another."""
    reports, calls = in_hand(session, actor), calls_in_hand(session, actor)
    if not reports and not calls:
        raise Conflict(N_("あなたの担当は、いまありません。"))
    relay = Relay(
        network_id=actor.network_id,
        from_id=actor.id,
        to_id=to.id,
        note=note,
        calls=len(calls),
        at=now,
    )
    session.add(relay)
    session.flush()
    for report in reports:
        move_claim(session, report, actor, to, "", now, relay.id)
    for call in calls:
        call.assigned_to_id = to.id
    _note(session, relay, actor, "relay.give", now, reports=len(reports), calls=len(calls))
    alert_staff(
        session,
        actor.network_id,
        [to.id],
        title="申し送りがあります",
        body="受信箱を開いて、受け取ってください。",
        path=f"/desk/relays/{relay.id}",
        expires_at=now + ALERT_LIFE,
        now=now,
    )
    return relay


def receive_relay(session: Session, relay: Relay, actor: StaffActor, now: datetime) -> None:
    """受け取りました. The first time counts."""
    if relay.received_at is None:
        relay.received_at = now
        _note(session, relay, actor, "relay.receive", now)


def get_own_relay(session: Session, actor: StaffActor, relay: Relay) -> Relay:
    """Raises NotFound for what went to somebody else."""
    if relay.to_id != actor.id:
        raise NotFound(N_("見つかりません。"))
    return relay


def waiting_relays(session: Session, actor: StaffActor) -> list[Relay]:
    """Theirs to receive, the oldest first."""
    return list(
        session.exec(relays_for(actor.network_id, actor.id).order_by(col(Relay.at), col(Relay.id)))
    )


def relays_for(network_id: UUID, staff_id: UUID) -> SelectOfScalar[Relay]:
    return in_network(Relay, network_id).where(
        Relay.to_id == staff_id, col(Relay.received_at).is_(None)
    )


def relay_ahead(session: Session, actor: StaffActor) -> Relay | None:
    """What is shown first to whoever signed in after it was given."""
    began_at = get_row(session, StaffSession, actor.network_id, actor.session_id).began_at
    return next((one for one in waiting_relays(session, actor) if one.at <= began_at), None)


def reports_of(session: Session, relay: Relay) -> list[Report]:
    moved = (
        in_network(ClaimMove, relay.network_id)
        .with_only_columns(col(ClaimMove.report_id))
        .where(col(ClaimMove.relay_id) == relay.id)
    )
    reports = in_network(Report, relay.network_id).where(col(Report.id).in_(moved))
    return list(session.exec(reports.order_by(col(Report.seq))))


def _note(
    session: Session,
    relay: Relay,
    actor: StaffActor,
    action: str,
    now: datetime,
    **details: int,
) -> None:
    record(
        session,
        relay.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=relay.id,
        now=now,
        details=details,
    )
    bump(session, relay.network_id)
