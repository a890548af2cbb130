"""What a network has registered, as a roster is compared with it."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, case, col, func, select

from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.organizations.roster.entries import RosterRow
from app.organizations.roster.identity import (
    WorkplaceKey,
    is_person,
    key_of,
    organization_key,
    workplace_key,
)

ExactName = tuple[UUID, str, str]


@dataclass(frozen=True)
class BadgeCount:
    """`owed_for`: ever issued, less those that a replacement stands for. `live`: not stopped."""

    owed_for: int = 0
    live: int = 0


class Register:
    """Organizations and workplaces by what identifies them; an exact spelling goes first."""

    def __init__(self, session: Session, network_id: UUID) -> None:
        organizations = in_network(Organization, network_id).order_by(col(Organization.id))
        workplaces = in_network(Workplace, network_id).order_by(col(Workplace.id))
        self.organizations = {one.id: one for one in session.exec(organizations)}
        self.workplaces = list(session.exec(workplaces))
        self.badges = badge_counts(session, network_id)
        self._index()

    def _index(self) -> None:
        self._spelled: dict[str, Organization] = {}
        self._named: dict[str, Organization] = {}
        self._exact: dict[ExactName, Workplace] = {}
        self._keyed: dict[tuple[UUID, WorkplaceKey], Workplace] = {}
        for one in self.organizations.values():
            self._spelled[one.name] = one
            self._named.setdefault(organization_key(one.name), one)
        for place in self.workplaces:
            self._exact[place.organization_id, place.name, place.industry] = place
            self._keyed.setdefault((place.organization_id, self.key_of(place)), place)

    def organization_of(self, workplace: Workplace) -> Organization:
        return self.organizations[workplace.organization_id]

    def key_of(self, workplace: Workplace) -> WorkplaceKey:
        organization = self.organization_of(workplace).name
        return workplace_key(organization, workplace.name, workplace.contact, workplace.industry)

    def find_organization(self, row: RosterRow) -> Organization | None:
        spelled = self._spelled.get(row.organization)
        return spelled or self._named.get(organization_key(row.organization))

    def find_workplace(self, organization: Organization, row: RosterRow) -> Workplace | None:
        exact = self._exact.get((organization.id, row.workplace, row.industry))
        if exact and not is_person(row.organization):
            return exact
        return self._keyed.get((organization.id, key_of(row)))

    def count(self, workplace: Workplace) -> BadgeCount:
        return self.badges.get(workplace.id, BadgeCount())

    @property
    def fingerprint(self) -> str:
        """Changes with everything that a plan was made from."""
        digest = hashlib.sha256()
        for organization in self.organizations.values():
            digest.update(repr(organization.model_dump()).encode())
        for place in self.workplaces:
            digest.update(repr((place.model_dump(), self.count(place))).encode())
        return digest.hexdigest()


def badge_counts(session: Session, network_id: UUID) -> dict[UUID, BadgeCount]:
    is_first = case((col(Badge.replaces_id).is_(None), 1), else_=0)
    is_live = case((col(Badge.state) != BadgeState.STOPPED, 1), else_=0)
    query = (
        select(Badge.workplace_id, func.sum(is_first), func.sum(is_live))
        .where(Badge.network_id == network_id)
        .group_by(col(Badge.workplace_id))
    )
    return {place: BadgeCount(int(first), int(live)) for place, first, live in session.exec(query)}
