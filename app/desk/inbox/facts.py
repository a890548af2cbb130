"""What other tables tell of each report in the list, in one statement for all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col

from app.claims.models import ClaimMove
from app.claims.presence import people_writing
from app.claims.rules import WRITING
from app.networks.scope import in_network
from app.organizations.models import Organization, Workplace
from app.reports.models import Report
from app.reports.quarantine import versions_to_look_at
from app.staff.models import Staff


@dataclass(frozen=True)
class Facts:
    """`place`: as people say it. `has_moved`: its claim changed hands, or somebody writes."""

    place: str
    claimed_by: str
    has_difference: bool
    has_moved: bool


def facts_of(
    session: Session, network_id: UUID, report_ids: Collection[UUID], now: datetime
) -> dict[UUID, Facts]:
    """By report."""
    given = {"network_id": network_id, "ids": [*report_ids], "since": now - WRITING}
    return {
        report_id: Facts(f"{organization} {workplace}".strip(), claimed_by or "", *noted)
        for report_id, organization, workplace, claimed_by, *noted in session.execute(
            _asking(), given
        )
    }


@cache
def _asking() -> Any:
    """Put together once, for whatever is given: that takes as long as asking."""
    network_id: Any = bindparam("network_id")
    moved = in_network(ClaimMove, network_id).where(col(ClaimMove.report_id) == col(Report.id))
    writing = people_writing(network_id, bindparam("since"), col(Report.id))
    differing = versions_to_look_at(network_id, col(Report.id))
    query = (
        in_network(Report, network_id)
        .where(col(Report.id).in_(bindparam("ids", expanding=True)))
        .join(
            Workplace,
            (col(Workplace.network_id) == col(Report.network_id))
            & (col(Workplace.id) == col(Report.workplace_id)),
        )
        .join(
            Organization,
            (col(Organization.network_id) == col(Workplace.network_id))
            & (col(Organization.id) == col(Workplace.organization_id)),
        )
        .outerjoin(
            Staff,
            (col(Staff.network_id) == col(Report.network_id))
            & (col(Staff.id) == col(Report.claimed_by_id)),
        )
    )
    columns = (
        col(Report.id),
        col(Organization.name),
        col(Workplace.name),
        col(Staff.name),
        differing.exists(),
        moved.exists() | writing.exists(),
    )
    return query.with_only_columns(*columns)
