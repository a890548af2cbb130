"""青波市 as the 中心市 of the town next door."""

from uuid import UUID

from sqlmodel import Session

from app.links.commands import link_networks
from app.links.rules import LinkKind
from app.networks.models import Network
from tests.cast import Cast
from tests.towns import AFTERNOON

GROUND = "広域連携の協定書 令和8年4月1日"


def link_towns(cast: Cast, kind: LinkKind = LinkKind.CENTER, *, reversed_: bool = False) -> UUID:
    """Returns the id of both halves. `reversed_`: the town next door leads."""
    with cast.app.state.database.writing() as session:
        here, there = towns(cast, session)
        leading, led = (there, here) if reversed_ else (here, there)
        if kind is LinkKind.PREFECTURE:
            leading.kind = "prefecture"
        return link_networks(session, leading, led, kind, GROUND, AFTERNOON)


def towns(cast: Cast, session: Session) -> tuple[Network, Network]:
    here = session.get_one(Network, cast.town.here.network.id)
    return here, session.get_one(Network, cast.town.neighbour.id)
