"""Taking a roster over: organizations, workplaces and the badges they are owed."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.badges.commands import issue_badges
from app.badges.models import Badge
from app.badges.rules import ALPHABET
from app.networks.models import Network
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.organizations.roster.entries import Roster, RosterRow


@dataclass(frozen=True)
class RosterImport:
    """How much a roster added. Taking the same one over again adds nothing."""

    rows: int
    organizations: int
    workplaces: int
    badges: int


def apply_roster(
    session: Session, network: Network, roster: Roster, *, valid_until: date, now: datetime
) -> RosterImport:
    organizations = workplaces = badges = 0
    for row in roster.rows:
        organization, is_new = organization_of(session, network, row, now)
        organizations += is_new
        workplace, is_new = workplace_of(session, organization, row, now)
        workplaces += is_new
        owed = row.badges - badges_of(session, workplace)
        badges += len(issue_badges(session, workplace, owed, valid_until=valid_until, now=now))
    return RosterImport(len(roster.rows), organizations, workplaces, badges)


def organization_of(
    session: Session, network: Network, row: RosterRow, now: datetime
) -> tuple[Organization, bool]:
    known = in_network(Organization, network.id).where(Organization.name == row.organization)
    if organization := session.exec(known).first():
        return organization, False
    organization = Organization(
        network_id=network.id,
        name=row.organization,
        kana=row.organization_kana,
        standing=row.standing,
        commissioned_on=row.commissioned_on,
        created_at=now,
    )
    session.add(organization)
    session.flush()
    return organization, True


def workplace_of(
    session: Session, organization: Organization, row: RosterRow, now: datetime
) -> tuple[Workplace, bool]:
    known = in_network(Workplace, organization.network_id).where(
        Workplace.organization_id == organization.id,
        Workplace.name == row.workplace,
        Workplace.industry == row.industry,
    )
    if workplace := session.exec(known).first():
        return workplace, False
    workplace = Workplace(
        network_id=organization.network_id,
        organization_id=organization.id,
        name=row.workplace,
        industry=row.industry,
        address=row.address,
        telephone=row.telephone,
        email=row.email,
        contact=row.contact,
        code=new_workplace_code(),
        created_at=now,
    )
    session.add(workplace)
    session.flush()
    return workplace, True


def badges_of(session: Session, workplace: Workplace) -> int:
    """How many were ever issued, less those that a replacement stands for."""
    query = in_network(Badge, workplace.network_id).where(
        Badge.workplace_id == workplace.id,
        Badge.replaces_id == None,  # noqa: E711
    )
    return len(session.exec(query).all())


def new_workplace_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(6))
