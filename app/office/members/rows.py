"""The list of organizations: narrowed and paged. Badges and phones are counted for the shown page
only, however many organizations there are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from app.badges.models import Badge, Pairing
from app.badges.rules import BadgeKind, BadgeState
from app.ids import read_id
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.organizations.queries import workplaces_of
from app.organizations.rules import ENDS_SOON, Standing

PAGE = 50
ENDING_SHOWN = 5
ONLY = ("no_ground", "ending", "no_badge", "no_phone", "ended")


@dataclass(frozen=True)
class OrganizationFilter:
    """What the clerk narrows the list to; `after` is the id of the last one already shown."""

    text: str = ""
    standing: str = ""
    only: str = ""
    after: str = ""


@dataclass(frozen=True)
class OrganizationRow:
    organization: Organization
    workplaces: list[Workplace]
    badges: dict[UUID, int]
    shared: dict[UUID, int]
    phones: dict[UUID, int]


def organization_rows(
    session: Session, network_id: UUID, wanted: OrganizationFilter, today: date
) -> list[OrganizationRow]:
    """At most a page, and one more if there is a next one."""
    query = narrowed(network_id, wanted, today).order_by(col(Organization.id)).limit(PAGE + 1)
    organizations = session.exec(query).all()
    workplaces: dict[UUID, list[Workplace]] = {one.id: [] for one in organizations}
    for one in workplaces_of(session, network_id, list(workplaces)):
        if wanted.only == "ended" or not one.ended_on:
            workplaces[one.organization_id].append(one)
    shown = [one.id for places in workplaces.values() for one in places]
    counts = (
        badge_counts(session, network_id, shown),
        badge_counts(session, network_id, shown, BadgeKind.SHARED),
        phone_counts(session, network_id, shown),
    )
    return [OrganizationRow(one, workplaces[one.id], *counts) for one in organizations]


def narrowed(
    network_id: UUID, wanted: OrganizationFilter, today: date
) -> SelectOfScalar[Organization]:
    query = in_network(Organization, network_id)
    ended = col(Organization.ended_on)
    query = query.where(ended.is_not(None) if wanted.only == "ended" else ended.is_(None))
    if after := read_id(wanted.after):
        query = query.where(col(Organization.id) > after)
    if wanted.standing:
        query = query.where(Organization.standing == wanted.standing)
    if text := wanted.text.strip():
        query = query.where(
            or_(
                col(Organization.name).contains(text, autoescape=True),
                col(Organization.kana).contains(text, autoescape=True),
                col(Organization.id).in_(
                    select(Workplace.organization_id).where(
                        Workplace.network_id == network_id,
                        col(Workplace.name).contains(text, autoescape=True),
                    )
                ),
            )
        )
    return lacking(query, network_id, wanted.only, today)


def lacking(
    query: SelectOfScalar[Organization], network_id: UUID, only: str, today: date
) -> SelectOfScalar[Organization]:
    """Those that lack what the clerk asks about."""
    if only == "no_ground":
        return query.where(
            Organization.standing != Standing.AGENCY,
            or_(Organization.ground == "", col(Organization.commissioned_on).is_(None)),
        )
    if only == "ending":
        return query.where(col(Organization.term_ends_on) <= today + ENDS_SOON)
    with_badge = (
        select(Workplace.organization_id)
        .where(Workplace.network_id == network_id)
        .join(
            Badge,
            (col(Badge.network_id) == col(Workplace.network_id))
            & (col(Badge.workplace_id) == col(Workplace.id)),
        )
        .where(Badge.state != BadgeState.STOPPED)
    )
    if only == "no_badge":
        return query.where(col(Organization.id).not_in(with_badge))
    with_phone = with_badge.join(
        Pairing,
        (col(Pairing.network_id) == col(Badge.network_id))
        & (col(Pairing.badge_id) == col(Badge.id)),
    ).where(col(Pairing.ended_at).is_(None), Pairing.network_id == network_id)
    if only == "no_phone":
        return query.where(col(Organization.id).not_in(with_phone))
    return query


def badge_counts(
    session: Session,
    network_id: UUID,
    workplaces: list[UUID],
    kind: BadgeKind = BadgeKind.PERSONAL,
) -> dict[UUID, int]:
    """Working badges of one kind: a shop's code isn't somebody's badge."""
    query = (
        select(Badge.workplace_id, func.count())
        .where(Badge.network_id == network_id, Badge.state != BadgeState.STOPPED)
        .where(Badge.kind == kind)
        .where(col(Badge.workplace_id).in_(workplaces))
        .group_by(col(Badge.workplace_id))
    )
    return dict(session.exec(query).all())


def phone_counts(session: Session, network_id: UUID, workplaces: list[UUID]) -> dict[UUID, int]:
    query = (
        select(Badge.workplace_id, func.count(func.distinct(col(Pairing.device_id))))
        .where(Badge.network_id == network_id, Badge.state != BadgeState.STOPPED)
        .where(col(Badge.workplace_id).in_(workplaces))
        .join(
            Pairing,
            (col(Pairing.network_id) == col(Badge.network_id))
            & (col(Pairing.badge_id) == col(Badge.id)),
        )
        .where(col(Pairing.ended_at).is_(None))
        .group_by(col(Badge.workplace_id))
    )
    return dict(session.exec(query).all())


def ending_terms(session: Session, network_id: UUID, today: date) -> list[Organization]:
    """まもなく任期が終わる団体, the earliest first: a handful, and one more if there are others."""
    query = in_network(Organization, network_id).where(
        col(Organization.ended_on).is_(None), col(Organization.term_ends_on) <= today + ENDS_SOON
    )
    order = query.order_by(col(Organization.term_ends_on), col(Organization.id))
    return list(session.exec(order.limit(ENDING_SHOWN + 1)))
