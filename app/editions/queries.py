"""Finding the open draft of a document, and who published its versions."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session, col

from app.editions.kinds import EditionKind
from app.editions.models import Draft, Publication
from app.errors import N_, Conflict
from app.networks.scope import in_network
from app.staff.models import Staff


def find_draft(
    session: Session, network_id: UUID, kind: EditionKind, subject: str, *, lock: bool = False
) -> Draft | None:
    """`lock`: it is going to be changed; whoever else wants to waits."""
    query = in_network(Draft, network_id).where(Draft.kind == kind.name, Draft.subject == subject)
    return session.exec(query.with_for_update() if lock else query).first()


def get_draft(session: Session, network_id: UUID, kind: EditionKind, subject: str) -> Draft:
    """To be changed. Raises Conflict if there is none any more."""
    if draft := find_draft(session, network_id, kind, subject, lock=True):
        return draft
    raise Conflict(N_("下書きがありません。公開されたか、取り消されました。"))


def drafts_of(session: Session, network_id: UUID, kind: EditionKind) -> dict[str, Draft]:
    query = in_network(Draft, network_id).where(Draft.kind == kind.name)
    return {draft.subject: draft for draft in session.exec(query)}


def publications_of(
    session: Session, network_id: UUID, kind: EditionKind, subject: str
) -> dict[int, Publication]:
    """By version; the standard one has none."""
    query = in_network(Publication, network_id).where(
        Publication.kind == kind.name, Publication.subject == subject
    )
    return {one.version: one for one in session.exec(query)}


def newest_publications(
    session: Session, network_id: UUID, kind: EditionKind
) -> dict[str, Publication]:
    """By subject."""
    query = in_network(Publication, network_id).where(Publication.kind == kind.name)
    return {one.subject: one for one in session.exec(query.order_by(col(Publication.version)))}


def names_of(session: Session, network_id: UUID, staff_ids: Collection[str]) -> list[str]:
    wanted = [UUID(one) for one in staff_ids]
    found = session.exec(in_network(Staff, network_id).where(col(Staff.id).in_(wanted)))
    names = {one.id: one.name for one in found}
    return [names[one] for one in wanted if one in names]


def others_who_can_approve(
    session: Session, network_id: UUID, writers: Collection[str]
) -> list[Staff]:
    """Active staff who wrote none of it; every role may approve."""
    active = in_network(Staff, network_id).where(col(Staff.ended_at).is_(None))
    return [
        one for one in session.exec(active.order_by(col(Staff.name))) if str(one.id) not in writers
    ]
