"""What every answer about reports tells a phone beside its content (protocol A1)."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session
from starlette.responses import Response

from app.networks.commands import current_epoch
from app.networks.scope import get_network


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


def coverage_of(session: Session, network_id: UUID) -> Coverage:
    network = get_network(session, network_id)
    return Coverage(current_epoch(session), network.backed_up_through)
