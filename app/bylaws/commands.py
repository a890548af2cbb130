"""決まり come in, are read, are acknowledged by organizations, and are taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.audit.commands import record
from app.bylaws.models import Bylaw, BylawAcknowledgement, BylawFile, BylawReading
from app.bylaws.rules import BylawKind, Way
from app.errors import N_, Conflict
from app.networks.scope import in_network
from app.web.access import StaffActor


def add_bylaw(
    session: Session,
    actor: StaffActor,
    kind: BylawKind,
    title: str,
    version: int,
    holds_from: date,
    content: bytes,
    pages: int,
    now: datetime,
) -> Bylaw:
    """Raises Conflict if somebody else just gave that number."""
    bylaw = Bylaw(
        network_id=actor.network_id,
        kind=kind,
        title=title,
        version=version,
        holds_from=holds_from,
        pages=pages,
        size=len(content),
        created_at=now,
        author_id=actor.id,
    )
    session.add(bylaw)
    try:
        session.flush()
    except IntegrityError as twin:
        raise Conflict(
            N_("ほかの人が先に、同じ番号の版を入れました。もう一度開いてください。")
        ) from twin
    session.add(BylawFile(network_id=bylaw.network_id, bylaw_id=bylaw.id, content=content))
    _note(session, actor, bylaw, "bylaw.add", now, version=version)
    return bylaw


def withdraw_bylaw(session: Session, actor: StaffActor, bylaw: Bylaw, now: datetime) -> None:
    """The file goes for good; that there was such a version stays."""
    if bylaw.withdrawn_at:
        return
    if file := session.get(BylawFile, (bylaw.network_id, bylaw.id)):
        session.delete(file)
    bylaw.withdrawn_at, bylaw.withdrawn_by_id = now, actor.id
    session.add(bylaw)
    _note(session, actor, bylaw, "bylaw.withdraw", now, version=bylaw.version)


def note_reading(session: Session, actor: StaffActor, bylaw: Bylaw, now: datetime) -> None:
    """Once; the first time counts."""
    known = in_network(BylawReading, actor.network_id).where(
        BylawReading.bylaw_id == bylaw.id, BylawReading.staff_id == actor.id
    )
    if session.exec(known).first() is None:
        ids = {"network_id": actor.network_id, "bylaw_id": bylaw.id, "staff_id": actor.id}
        session.add(BylawReading(**ids, read_at=now))
        _note(session, actor, bylaw, "bylaw.read", now, version=bylaw.version)


def note_acknowledgements(
    session: Session,
    actor: StaffActor,
    bylaw: Bylaw,
    organization_ids: Sequence[UUID],
    on: date,
    way: Way,
    who: str,
    now: datetime,
) -> None:
    for organization_id in organization_ids:
        session.add(
            BylawAcknowledgement(
                network_id=actor.network_id,
                bylaw_id=bylaw.id,
                organization_id=organization_id,
                acknowledged_on=on,
                way=way,
                who=who,
                created_at=now,
                author_id=actor.id,
            )
        )
    count = len(organization_ids)
    _note(session, actor, bylaw, "bylaw.acknowledge", now, organizations=count, way=way.value)


def _note(
    session: Session, actor: StaffActor, bylaw: Bylaw, action: str, now: datetime, **details: Any
) -> None:
    record(
        session,
        actor.network_id,
        actor=f"staff:{actor.id}",
        action=action,
        object_id=bylaw.id,
        now=now,
        details={"kind": str(bylaw.kind), **details},
    )
