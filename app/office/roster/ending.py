"""Ending a workplace that a roster doesn't list any more."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.badges.ending import end_workplace
from app.clock import TOKYO
from app.office.roster.plan import Plan
from app.office.roster.register import Register
from app.organizations.commands import end
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
    today = now.astimezone(TOKYO).date()
    for one in ending:
        end_workplace(session, one.workplace, actor, today, now)
        stays = any(
            place.organization_id == one.organization.id and not place.ended_on
            for place in register.workplaces
        )
        if not stays and one.organization.id not in returning:
            end(session, one.organization, actor, today, now)
    return len(ending)
