"""Ending a workplace that a roster doesn't list any more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col

from app.audit.commands import record
from app.badges.commands import stop_badge
from app.badges.models import Badge
from app.badges.rules import BadgeState, StopReason
from app.clock import TOKYO
from app.networks.scope import in_network
from app.office.roster.plan import Plan
from app.office.roster.register import Register
from app.organizations.models import Organization, Workplace
from app.web.access import StaffActor


def end_workplaces(
    session: Session,
    plan: Plan,
    chosen: Collection[UUID],
    register: Register,
    actor: StaffActor,
    now: datetime,
) -> int:
    """How many. Their badges stop; an organization none of whose workplaces is left ends too."""
    ending = [one for one in plan.unlisted if one.workplace.id in chosen]
    returning = {one.organization.id for one in plan.rows if one.organization}
    for one in ending:
        _end(session, one.workplace, actor, now)
        stays = any(
            place.organization_id == one.organization.id and not place.ended_on
            for place in register.workplaces
        )
        if not stays and one.organization.id not in returning:
            one.organization.ended_on = now.astimezone(TOKYO).date()
            _record(session, one.organization, "organization.end", actor, now)
    return len(ending)


def _end(session: Session, workplace: Workplace, actor: StaffActor, now: datetime) -> None:
    workplace.ended_on = now.astimezone(TOKYO).date()
    live = in_network(Badge, workplace.network_id).where(
        Badge.workplace_id == workplace.id, col(Badge.state) != BadgeState.STOPPED
    )
    for badge in session.exec(live):
        stop_badge(session, badge, actor, now, StopReason.ENDED)
    _record(session, workplace, "workplace.end", actor, now)


def _record(
    session: Session,
    ended: Organization | Workplace,
    action: str,
    actor: StaffActor,
    now: datetime,
) -> None:
    name = f"staff:{actor.id}"
    record(session, ended.network_id, actor=name, action=action, object_id=ended.id, now=now)
