"""A workplace or an organization leaves: its badges stop, and their phones with them."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col
from sqlmodel.sql.expression import SelectOfScalar

from app.badges.commands import stop_badges
from app.badges.models import Badge
from app.badges.rules import BadgeState, StopReason
from app.networks.scope import in_network
from app.organizations.commands import end
from app.organizations.models import Organization, Workplace
from app.organizations.queries import workplaces_of
from app.web.access import StaffActor


def working_badges(network_id: UUID, workplaces: list[Workplace]) -> SelectOfScalar[Badge]:
    """Badges of these workplaces that aren't stopped, for the caller to run."""
    ids = [one.id for one in workplaces]
    found = in_network(Badge, network_id).where(
        col(Badge.workplace_id).in_(ids), Badge.state != BadgeState.STOPPED
    )
    return found.order_by(col(Badge.number))


def end_workplace(
    session: Session, workplace: Workplace, actor: StaffActor, on: date, now: datetime
) -> None:
    if end(session, workplace, actor, on, now):
        working = working_badges(workplace.network_id, [workplace])
        columns = working.with_only_columns(col(Badge.id), col(Badge.number))
        numbers = {row[0]: row[1] for row in session.execute(columns)}
        stop_badges(session, actor, numbers, StopReason.ENDED, now)


def end_organization(
    session: Session, organization: Organization, actor: StaffActor, on: date, now: datetime
) -> None:
    """All its workplaces end with it."""
    if end(session, organization, actor, on, now):
        for workplace in workplaces_of(session, organization.network_id, [organization.id]):
            end_workplace(session, workplace, actor, on, now)
