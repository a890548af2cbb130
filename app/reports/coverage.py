"""What every answer about reports tells a phone beside its content (protocol A1)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import Session, col
from starlette.responses import Response

from app.networks.commands import current_epoch
from app.networks.models import Network

# Built once: building a statement takes longer than running it.
COVERED = select(col(Network.id), col(Network.backed_up_through)).where(
    col(Network.id).in_(bindparam("networks", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Since when this database holds what it holds, and up to which receipt number a backup
    covers it. A phone that sees a new epoch knows of a restore, and offers again."""

    epoch: UUID
    backed_up_through: int

    def tell(self, response: Response) -> Response:
        response.headers["Nafuda-Epoch"] = str(self.epoch)
        response.headers["Nafuda-Backed-Up-Through"] = str(self.backed_up_through)
        return response


def coverages(session: Session, networks: Collection[UUID]) -> dict[UUID, Coverage]:
    """By network."""
    asked = {"networks": list(networks)}
    rows = session.connection().execute(COVERED, asked).all()
    epoch = current_epoch(session)
    return {row[0]: Coverage(epoch, row[1]) for row in rows}


def coverage_of(session: Session, network_id: UUID) -> Coverage:
    return coverages(session, [network_id])[network_id]
