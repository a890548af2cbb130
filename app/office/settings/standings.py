"""Organizations whose standing isn't what the network's rule says of their industry."""

from sqlmodel import Session, col, select

from app.networks.models import Network
from app.office.settings.sections import shown_standings
from app.organizations.models import Organization, Workplace


def differing_organizations(session: Session, network: Network) -> dict[str, int]:
    """Industry → how many. Only members may be asked for personal data: look twice."""
    rule = shown_standings(network)
    query = (
        select(Workplace.industry, Organization.standing, Organization.id)
        .where(Workplace.network_id == network.id, col(Workplace.ended_on).is_(None))
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .distinct()
    )
    counts: dict[str, int] = {}
    for industry, standing, _ in session.exec(query):
        if rule.get(f"standing-{industry}") != standing:
            counts[industry] = counts.get(industry, 0) + 1
    return counts
