"""今月完了: what was closed, the latest first, read by key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, tuple_

from app.desk.inbox.listing import Part, first_fifty, one_too_many
from app.instructions.standing import last_standing
from app.networks.scope import in_network
from app.organizations.queries import place_names
from app.reports.models import Report
from app.reports.queries import find_by_seq

KEY = (col(Report.closed_at), col(Report.rank), col(Report.seq))


@dataclass(frozen=True)
class ClosedRow:
    """`answer`: the template of its last answer, R17 or R18; empty where none stands."""

    report: Report
    place: str
    answer: str


@dataclass(frozen=True)
class Closed:
    rows: list[ClosedRow]
    part: Part


def closed_since(session: Session, network_id: UUID, since: datetime, after: int | None) -> Closed:
    """A page of fifty, from after that number on."""
    query = closed_ones(network_id, since)
    last = find_by_seq(session, network_id, after) if after else None
    if last and last.closed_at:
        query = query.where(tuple_(*KEY) < (last.closed_at, last.rank, last.seq))
    in_order = query.order_by(*(column.desc() for column in KEY))
    found = list(session.exec(one_too_many(in_order)))
    part = first_fifty(found, is_first=last is None)
    return Closed(_rows(session, network_id, part.reports), part)


def closed_ones(network_id: UUID, since: datetime) -> Any:
    return in_network(Report, network_id).where(col(Report.closed_at) >= since)


def _rows(session: Session, network_id: UUID, reports: list[Report]) -> list[ClosedRow]:
    places = place_names(session, network_id, {one.workplace_id for one in reports})
    last = last_standing(session, network_id, [one.id for one in reports])
    answers = {report_id: one.template for report_id, one in last.items() if one.closes}
    return [ClosedRow(one, places[one.workplace_id], answers.get(one.id, "")) for one in reports]
