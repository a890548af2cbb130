"""Finding badges, by the code on the back or within a network."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.badges.models import Badge, Device, Pairing
from app.badges.rules import read_code
from app.errors import N_, NotFound
from app.networks.models import Network
from app.networks.scope import get_network, get_row, get_rows, in_network
from app.organizations.models import Organization, Workplace


@dataclass(frozen=True)
class BadgeHolder:
    """A badge with the place and the network it belongs to."""

    badge: Badge
    workplace: Workplace
    organization: Organization
    network: Network

    @property
    def place(self) -> str:
        """マルミ 青波駅前店."""
        return f"{self.organization.name} {self.workplace.name}".strip()


def find_badge(session: Session, typed: str) -> Badge | None:
    """By its secret code, which is all a scan knows: it alone says which network we are in."""
    code = read_code(typed)
    return session.exec(select(Badge).where(Badge.code == code)).first() if code else None


def get_holder(session: Session, typed: str) -> BadgeHolder:
    """Raises NotFound for a code that is misspelt or was never given out."""
    badge = find_badge(session, typed)
    if badge is None:
        raise NotFound(
            N_("名札を確認できません。裏の「読み取れないとき」の11文字を入れてください。")
        )
    return holder_of(session, badge)


def holder_of(session: Session, badge: Badge) -> BadgeHolder:
    workplace = get_row(session, Workplace, badge.network_id, badge.workplace_id)
    organization = get_row(session, Organization, badge.network_id, workplace.organization_id)
    return BadgeHolder(badge, workplace, organization, get_network(session, badge.network_id))


def holders_of(
    session: Session, network_id: UUID, badge_ids: Collection[UUID]
) -> dict[UUID, BadgeHolder]:
    """By badge, in a fixed number of queries."""
    badges = get_rows(session, Badge, network_id, badge_ids)
    workplaces = get_rows(session, Workplace, network_id, {b.workplace_id for b in badges.values()})
    above = {one.organization_id for one in workplaces.values()}
    organizations = get_rows(session, Organization, network_id, above)
    network = get_network(session, network_id)

    def holder(badge: Badge) -> BadgeHolder:
        workplace = workplaces[badge.workplace_id]
        return BadgeHolder(badge, workplace, organizations[workplace.organization_id], network)

    return {badge.id: holder(badge) for badge in badges.values()}


def current_pairing(session: Session, network_id: UUID, device_id: UUID) -> Pairing | None:
    """The badge a device speaks for now: the last one it was paired with."""
    mine = in_network(Pairing, network_id).where(
        Pairing.device_id == device_id, col(Pairing.ended_at).is_(None)
    )
    newest = mine.order_by(col(Pairing.paired_at).desc(), col(Pairing.id).desc())
    return session.exec(newest.limit(1)).first()


def pairing_with(
    session: Session, network_id: UUID, device_id: UUID, badge_id: UUID
) -> Pairing | None:
    """The device's newest pairing with this badge, also one that has ended since."""
    both = in_network(Pairing, network_id).where(
        Pairing.device_id == device_id, Pairing.badge_id == badge_id
    )
    return session.exec(both.order_by(col(Pairing.paired_at).desc()).limit(1)).first()


def live_pairings(badge: Badge) -> SelectOfScalar[Pairing]:
    """Those that haven't ended, oldest first, for the caller to run."""
    live = in_network(Pairing, badge.network_id).where(
        Pairing.badge_id == badge.id, col(Pairing.ended_at).is_(None)
    )
    return live.order_by(col(Pairing.paired_at), col(Pairing.id))


def has_badges(session: Session, workplace: Workplace) -> bool:
    """Badges were issued here, working or not."""
    mine = in_network(Badge, workplace.network_id).where(Badge.workplace_id == workplace.id)
    return session.exec(mine.limit(1)).first() is not None


def count_issued(session: Session, workplace: Workplace) -> int:
    """How many badges were ever issued here, working or not."""
    mine = in_network(Badge, workplace.network_id).where(Badge.workplace_id == workplace.id)
    return int(session.execute(mine.with_only_columns(func.count())).scalar_one())


def phones_of_badge(session: Session, network_id: UUID, badge_id: UUID) -> list[Device]:
    """Every phone of the person: those paired with the badge that have an inbox."""
    return list(session.exec(inbox_phones(network_id).where(Pairing.badge_id == badge_id)))


def phones_of_workplace(session: Session, network_id: UUID, workplace_id: UUID) -> list[Device]:
    """Every phone with an inbox that is paired with a badge of this workplace."""
    badges = in_network(Badge, network_id).with_only_columns(col(Badge.id))
    there = badges.where(col(Badge.workplace_id) == workplace_id)
    return list(session.exec(inbox_phones(network_id).where(col(Pairing.badge_id).in_(there))))


def inbox_phones(network_id: UUID) -> SelectOfScalar[Device]:
    """All phones of a network that are paired and have an inbox, for the caller to narrow."""
    return (
        in_network(Device, network_id)
        .join(
            Pairing,
            (col(Pairing.network_id) == col(Device.network_id))
            & (col(Pairing.device_id) == col(Device.id)),
        )
        .where(
            col(Pairing.has_inbox),
            col(Pairing.ended_at).is_(None),
            col(Device.revoked_at).is_(None),
        )
        .distinct()
    )
