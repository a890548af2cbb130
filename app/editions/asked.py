"""What networks around ask this one, as their 中心市, to read: their drafts that wait, and nothing
else of theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.editions.commands import NOT_WAITING
from app.editions.kinds import EditionKind
from app.editions.models import Draft
from app.editions.queries import find_draft
from app.errors import Conflict
from app.links.models import NetworkLink
from app.links.queries import Peer, get_led, led_peers
from app.links.rules import LinkKind


@dataclass(frozen=True)
class AskedRow:
    """One that waits, for the list."""

    link_id: UUID
    name: str
    kind: str
    subject: str
    asked_at: datetime


@dataclass(frozen=True)
class Asked:
    """One that waits, to be read."""

    peer: Peer
    draft: Draft


def rows_asked(session: Session, network_id: UUID) -> list[AskedRow]:
    """The oldest first."""
    rows = [
        AskedRow(peer.link.id, peer.name, kind, subject, asked_at)
        for peer in led_peers(session, network_id)
        for kind, subject, asked_at in session.exec(
            select(Draft.kind, Draft.subject, Draft.asked_at).where(
                Draft.network_id == peer.link.peer_id,
                Draft.asked_link_id == peer.link.id,
                col(Draft.asked_at).is_not(None),
            )
        )
        if asked_at
    ]
    return sorted(rows, key=lambda row: row.asked_at)


def count_asked(session: Session, network_id: UUID) -> int | None:
    """None for a network that is nobody's 中心市."""
    query = (
        select(func.count(col(NetworkLink.id)), func.count(col(Draft.asked_at)))
        .where(
            NetworkLink.network_id == network_id,
            NetworkLink.kind == LinkKind.CENTER,
            col(NetworkLink.leads).is_(True),
            col(NetworkLink.ended_at).is_(None),
        )
        .join(
            Draft,
            (col(Draft.network_id) == col(NetworkLink.peer_id))
            & (col(Draft.asked_link_id) == col(NetworkLink.id)),
            isouter=True,
        )
    )
    links, waiting = session.exec(query).one()
    return waiting if links else None


def get_asked(
    session: Session,
    network_id: UUID,
    link_id: UUID,
    kind: EditionKind,
    subject: str,
    *,
    lock: bool = False,
) -> Asked:
    """Raises NotFound for a link by which this network leads nobody now, Conflict where that
    network didn't ask, or asks no more. `lock`: neither ends before this transaction does."""
    peer = get_led(session, network_id, link_id, lock=lock)
    draft = find_draft(session, peer.link.peer_id, kind, subject, lock=lock)
    if draft is None or not draft.is_waiting or draft.asked_link_id != link_id:
        raise Conflict(NOT_WAITING)
    return Asked(peer, draft)
