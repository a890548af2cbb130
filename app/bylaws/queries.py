"""Finding 決まり, and who has or hasn't taken note of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlmodel import Session, col, func
from starlette.requests import Request

from app.bylaws.models import Bylaw, BylawAcknowledgement, BylawFile, BylawReading
from app.bylaws.rules import BylawKind, Status, statuses
from app.errors import N_, NotFound
from app.networks.scope import get_row, in_network
from app.organizations.models import Organization
from app.staff.models import Staff
from app.web.access import StaffActor

PAGE = 50


@dataclass(frozen=True)
class BylawRow:
    bylaw: Bylaw
    status: Status

    @property
    def is_shown(self) -> bool:
        """Where people look for what holds, not for history."""
        return self.status in {Status.HOLDS, Status.COMING}


def bylaw_rows(session: Session, network_id: UUID, today: date) -> dict[str, list[BylawRow]]:
    """By kind, each with its newest version first; every kind is there."""
    query = in_network(Bylaw, network_id)
    found = session.exec(query.order_by(col(Bylaw.kind), col(Bylaw.version).desc())).all()
    rows: dict[str, list[BylawRow]] = {kind: [] for kind in BylawKind}
    for kind, group in groupby(found, lambda one: one.kind):
        versions = list(group)
        states = statuses([(one.holds_from, bool(one.withdrawn_at)) for one in versions], today)
        rows[kind] = [BylawRow(*pair) for pair in zip(versions, states, strict=True)]
    return rows


def newest_version(session: Session, network_id: UUID, kind: str) -> int:
    """0 where there is none. A withdrawn one's number isn't given again."""
    query = in_network(Bylaw, network_id).where(Bylaw.kind == kind)
    return int(session.execute(query.with_only_columns(func.max(Bylaw.version))).scalar() or 0)


def get_file(session: Session, network_id: UUID, bylaw_id: UUID) -> tuple[Bylaw, bytes]:
    """Raises NotFound for another network's, and for one that was withdrawn."""
    bylaw = get_row(session, Bylaw, network_id, bylaw_id)
    if file := session.get(BylawFile, (network_id, bylaw_id)):
        return bylaw, file.content
    raise NotFound(N_("この版は取り下げられました。"))


def unread_of(session: Session, network_id: UUID, staff_id: UUID) -> set[UUID]:
    """The newest of each kind, as far as this member of staff hasn't pressed 読みました."""
    standing = in_network(Bylaw, network_id).where(col(Bylaw.withdrawn_at).is_(None))
    newest = {one.kind: one.id for one in session.exec(standing.order_by(col(Bylaw.version)))}
    if not newest:
        return set()
    mine = in_network(BylawReading, network_id).where(BylawReading.staff_id == staff_id)
    return set(newest.values()) - {one.bylaw_id for one in session.exec(mine)}


def told_of_bylaws(
    find: Callable[[Request, Session], StaffActor | None],
) -> Callable[[Request, Session], StaffActor | None]:
    """`find`, and how many 決まり that person has still to read."""

    def find_told(request: Request, session: Session) -> StaffActor | None:
        actor = find(request, session)
        if actor is None:
            return None
        return replace(actor, unread_bylaws=len(unread_of(session, actor.network_id, actor.id)))

    return find_told


def staff_without(session: Session, bylaw: Bylaw) -> list[Staff]:
    """Who signs in here and hasn't pressed 読みました."""
    readers = in_network(BylawReading, bylaw.network_id).where(BylawReading.bylaw_id == bylaw.id)
    query = in_network(Staff, bylaw.network_id).where(
        col(Staff.ended_at).is_(None),
        col(Staff.id).not_in(readers.with_only_columns(col(BylawReading.staff_id))),
    )
    return list(session.exec(query.order_by(col(Staff.created_at), col(Staff.id))))


def organizations_without(
    session: Session, bylaw: Bylaw, text: str = ""
) -> tuple[Sequence[Organization], int]:
    """The first fifty that take part and haven't acknowledged it, and how many there are."""
    done = in_network(BylawAcknowledgement, bylaw.network_id).where(
        BylawAcknowledgement.bylaw_id == bylaw.id
    )
    query = in_network(Organization, bylaw.network_id).where(
        col(Organization.ended_on).is_(None),
        col(Organization.id).not_in(
            done.with_only_columns(col(BylawAcknowledgement.organization_id))
        ),
    )
    if text:
        name, kana = col(Organization.name), col(Organization.kana)
        query = query.where(
            name.contains(text, autoescape=True) | kana.contains(text, autoescape=True)
        )
    count = session.execute(query.with_only_columns(func.count())).scalar_one()
    ordered = query.order_by(col(Organization.kana), col(Organization.name))
    return session.exec(ordered.limit(PAGE)).all(), int(count)


def acknowledgements_of(
    session: Session, bylaw: Bylaw, after: UUID | None
) -> list[tuple[Organization, BylawAcknowledgement]]:
    """The last noted first, after that one; at most a page, and one more."""
    query = (
        in_network(BylawAcknowledgement, bylaw.network_id)
        .where(BylawAcknowledgement.bylaw_id == bylaw.id)
        .join(
            Organization,
            (col(Organization.network_id) == BylawAcknowledgement.network_id)
            & (col(Organization.id) == BylawAcknowledgement.organization_id),
        )
        .order_by(col(BylawAcknowledgement.id).desc())
        .limit(PAGE + 1)
    )
    if after:
        query = query.where(col(BylawAcknowledgement.id) < after)
    found = session.execute(query.add_columns(Organization))
    return [(organization, one) for one, organization in found]
