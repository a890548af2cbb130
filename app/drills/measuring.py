"""How a drill went: counts of phones, and the time it takes them. Nothing of it goes anywhere else.

What came after the end is counted apart.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.deliveries.evidence import ON_PHONE
from app.deliveries.models import Evidence
from app.drills.models import Drill, DrillPhone, DrillReport
from app.drills.queries import reports_of, workplaces_of
from app.drills.rules import typical
from app.networks.scope import in_network
from app.organizations.queries import place_names


@dataclass(frozen=True)
class Figures:
    """Of one workplace, or of all. `reporting`: from the start to a phone's first report, the
    median. `late`: reports that came after the end."""

    place: str
    called: int
    delivered: int
    opened: int
    reported: int
    reporting: timedelta | None
    instructed: int
    acknowledged: int
    late: int


@dataclass(frozen=True)
class Measured:
    total: Figures
    by_workplace: list[Figures]


def measured(session: Session, drill: Drill) -> Measured:
    names = place_names(session, drill.network_id, workplaces_of(session, drill))
    phones = list(
        session.exec(
            in_network(DrillPhone, drill.network_id).where(DrillPhone.drill_id == drill.id)
        )
    )
    reports, reached = reports_of(session, drill), _reached(session, drill)

    def figures(place: str, ids: Collection[UUID]) -> Figures:
        return _figures(
            drill,
            place,
            [one for one in phones if one.workplace_id in ids],
            [one for one in reports if one.workplace_id in ids],
            reached,
        )

    by_place = sorted(names.items(), key=lambda item: item[1])
    return Measured(figures("", names), [figures(name, {one}) for one, name in by_place])


def _reached(session: Session, drill: Drill) -> set[UUID]:
    """Phones that said themselves that the call is there."""
    query = in_network(Evidence, drill.network_id).where(
        Evidence.message_id == drill.id, col(Evidence.kind).in_(ON_PHONE)
    )
    return {one.device_id for one in session.exec(query)}


def _figures(
    drill: Drill,
    place: str,
    phones: Sequence[DrillPhone],
    reports: Sequence[DrillReport],
    reached: set[UUID],
) -> Figures:
    in_time = [one for one in reports if one.received_at < drill.over_at]
    first: dict[UUID, datetime] = {}
    for one in in_time:
        first.setdefault(one.device_id, one.received_at)
    opened = {one.device_id for one in phones if one.opened_at} | first.keys()
    return Figures(
        place=place,
        called=len(phones),
        delivered=len({one.device_id for one in phones} & reached),
        opened=len(opened),
        reported=len(first),
        reporting=typical(at - drill.starts_at for at in first.values()),
        instructed=len({one.device_id for one in in_time if one.instructed_at}),
        acknowledged=len({one.device_id for one in in_time if one.acknowledged_at}),
        late=len(reports) - len(in_time),
    )
