"""A turn at receipt numbers: one transaction at a time for each network, and what is true of the
network while it lasts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from app.networks.commands import NEWEST_EPOCH
from app.networks.models import Counter, Network
from app.reports.coverage import Coverage

# Built once: building a statement takes longer than running it.
TURN = (
    select(
        col(Counter.network_id),
        NEWEST_EPOCH.scalar_subquery(),
        col(Network.backed_up_through),
        col(Network.hours),
    )
    .join(Network, col(Network.id) == col(Counter.network_id))
    .where(col(Counter.kind) == "receipt")
    .where(col(Counter.network_id).in_(bindparam("networks", expanding=True)))
    .order_by(col(Counter.network_id))
    .with_for_update(of=Counter)
)


@dataclass(frozen=True, slots=True)
class Turn:
    coverage: Coverage
    hours: Mapping[str, Any]


Turns = Mapping[UUID, Turn]


def take_turns(session: Session, networks: Collection[UUID]) -> Turns:
    """Waits until they are free, in key order, so that nobody waits in a circle. What is asked of
    the database afterwards holds until the transaction ends. Raises where no epoch has begun."""
    session.flush()
    rows = session.connection().execute(TURN, {"networks": list(networks)}).all()
    if any(row[1] is None for row in rows):
        raise RuntimeError("this database has no epoch")
    return {row[0]: Turn(Coverage(row[1], row[2]), row[3]) for row in rows}
