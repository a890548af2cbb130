"""Who has a report on the screen, and who writes: told by their browsers, at most every few
seconds. Without a script nothing is claimed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.claims.models import ClaimMove, Presence
from app.claims.rules import WRITING, WRITING_AGAIN, Move, is_writing
from app.db import is_twin
from app.deliveries.pulse import bump
from app.networks.scope import in_network
from app.reports.models import Report
from app.web.access import StaffActor


def note_presence(
    session: Session, report: Report, actor: StaffActor, now: datetime, *, writing: bool = False
) -> None:
    """Other desks look again only where they would see something else."""
    presence = _presence_of(session, report, actor) or _entered(session, report, actor, now)
    was_writing = is_writing(presence.writing_at, now)
    presence.opened_at = now
    if writing and not (presence.writing_at and now < presence.writing_at + WRITING_AGAIN):
        presence.writing_at = now
    if (
        _open_moves(session, report, actor, now)
        or is_writing(presence.writing_at, now) != was_writing
    ):
        bump(session, report.network_id)


def stop_writing(session: Session, report: Report, actor: StaffActor) -> None:
    """What they wrote is on its way."""
    if presence := _presence_of(session, report, actor):
        presence.writing_at = None


def _entered(session: Session, report: Report, actor: StaffActor, now: datetime) -> Presence:
    """Their browser may say the same by itself while they press, and who comes second waits."""
    presence = Presence(
        network_id=report.network_id, report_id=report.id, staff_id=actor.id, opened_at=now
    )
    try:
        with session.begin_nested():
            session.add(presence)
    except IntegrityError as twin:
        if not (is_twin(twin) and (first := _presence_of(session, report, actor))):
            raise
        return first
    return presence


def _presence_of(session: Session, report: Report, actor: StaffActor) -> Presence | None:
    mine = in_network(Presence, report.network_id).where(
        Presence.report_id == report.id, Presence.staff_id == actor.id
    )
    return session.exec(mine).first()


def _open_moves(session: Session, report: Report, actor: StaffActor, now: datetime) -> bool:
    """Whether something that concerns them is seen now for the first time."""
    moves = in_network(ClaimMove, report.network_id).where(
        ClaimMove.report_id == report.id, col(ClaimMove.opened_at).is_(None)
    )
    mine = [one for one in session.exec(moves) if concerns(one) == actor.id]
    for one in mine:
        one.opened_at = now
    return bool(mine)


def concerns(move: ClaimMove) -> UUID | None:
    """Who is to know of it: whom it went to, or whom it was taken from."""
    return move.to_id if move.kind == Move.HANDED else move.from_id


def people_writing(network_id: UUID, since: Any, report_id: Any) -> SelectOfScalar[Presence]:
    """About a report, or about the report in the same row, and after that instant still."""
    return in_network(Presence, network_id).where(
        col(Presence.report_id) == report_id, col(Presence.writing_at) > since
    )


def writers_of(
    session: Session, network_id: UUID, report_ids: list[UUID], now: datetime
) -> dict[UUID, list[UUID]]:
    """By report: who is writing at this moment."""
    found = in_network(Presence, network_id).where(
        col(Presence.report_id).in_(report_ids), col(Presence.writing_at) > now - WRITING
    )
    writers: dict[UUID, list[UUID]] = {}
    for one in session.exec(found):
        writers.setdefault(one.report_id, []).append(one.staff_id)
    return writers
