"""Organizations, their workplaces, terms and contact persons."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, or_, select

from app.networks.scope import in_network
from app.organizations.models import ContactPerson, Organization, Term, Workplace

PLACES_SHOWN, MOST_NAMED = 20, 200


def is_name_taken(session: Session, network_id: UUID, name: str, but: UUID | None = None) -> bool:
    same = in_network(Organization, network_id).where(Organization.name == name)
    return any(one.id != but for one in session.exec(same))


def is_workplace_known(
    session: Session,
    organization: Organization,
    name: str,
    industry: str,
    but: UUID | None = None,
) -> bool:
    same = in_network(Workplace, organization.network_id).where(
        Workplace.organization_id == organization.id,
        Workplace.name == name,
        Workplace.industry == industry,
    )
    return any(one.id != but for one in session.exec(same))


def workplaces_of(session: Session, network_id: UUID, ids: Sequence[UUID]) -> list[Workplace]:
    """Of these organizations, in the order of the roster."""
    found = in_network(Workplace, network_id).where(col(Workplace.organization_id).in_(ids))
    return list(session.exec(found.order_by(col(Workplace.created_at), col(Workplace.id))))


def terms_of(session: Session, organization: Organization) -> list[Term]:
    """Earlier ones, the latest first."""
    found = in_network(Term, organization.network_id).where(Term.organization_id == organization.id)
    return list(session.exec(found.order_by(col(Term.ends_on).desc(), col(Term.id).desc())))


def contact_persons_of(
    session: Session, organization: Organization, workplace: Workplace | None = None
) -> list[ContactPerson]:
    """The main one first; of one workplace, or of the organization as a whole."""
    found = in_network(ContactPerson, organization.network_id).where(
        ContactPerson.organization_id == organization.id,
        ContactPerson.workplace_id == (workplace.id if workplace else None),
    )
    order = found.order_by(col(ContactPerson.is_main).desc(), col(ContactPerson.id))
    return list(session.exec(order))


def places_holding(
    session: Session, network_id: UUID, text: str
) -> list[tuple[Workplace, Organization]]:
    """Workplaces that work, whose own name or organization's holds the text."""
    query = (
        select(Workplace, Organization)
        .where(Workplace.network_id == network_id, col(Workplace.ended_on).is_(None))
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .where(
            or_(
                col(Workplace.name).contains(text, autoescape=True),
                col(Organization.name).contains(text, autoescape=True),
                col(Organization.kana).contains(text, autoescape=True),
            )
        )
        .order_by(col(Workplace.id))
        .limit(PLACES_SHOWN + 1)
    )
    return list(session.exec(query).all())


def place_names(session: Session, network_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Names as people say them: マルミ 青波駅前店."""
    query = (
        select(Workplace, Organization)
        .where(Workplace.network_id == network_id, col(Workplace.id).in_(ids))
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
    )
    return {one.id: f"{of.name} {one.name}".strip() for one, of in session.exec(query)}


def workplaces_named(session: Session, network_id: UUID, words: Sequence[str]) -> list[UUID]:
    """Ids of those whose own name and organization's hold all the words between them, also of those
    that ended."""
    query = (
        in_network(Workplace, network_id)
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .with_only_columns(col(Workplace.id))
        .order_by(col(Workplace.id))
    )
    for word in words:
        query = query.where(
            or_(
                col(Workplace.name).contains(word, autoescape=True),
                col(Organization.name).contains(word, autoescape=True),
                col(Organization.kana).contains(word, autoescape=True),
            )
        )
    return [workplace_id for (workplace_id,) in session.execute(query.limit(MOST_NAMED))]
