"""Reading a network's links. Of the other network nothing is shown but its name, centre and
telephone, and the drafts that it asks this one to read (editions.peer_review)."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from app.errors import N_, NotFound
from app.links.models import NetworkLink
from app.links.rules import LinkKind
from app.networks.models import Network
from app.networks.scope import in_network


@dataclass(frozen=True)
class Peer:
    """All that a link shows of the other network. An ended one shows its name alone."""

    link: NetworkLink
    name: str
    center_name: str = ""
    center_tel: str = ""


def peers_of(session: Session, network_id: UUID) -> list[Peer]:
    """Open links first, then those that ended, the newest first."""
    query = in_network(NetworkLink, network_id).order_by(
        col(NetworkLink.ended_at).is_not(None),
        col(NetworkLink.began_at).desc(),
        col(NetworkLink.id).desc(),
    )
    return [peer_at(session, link) for link in session.exec(query)]


def peer_at(session: Session, link: NetworkLink) -> Peer:
    other = session.get(Network, link.peer_id) if link.ended_at is None else None
    if other is None:
        return Peer(link, link.peer_name)
    return Peer(link, other.municipality, other.center_name, other.center_tel)


def open_links(session: Session, network_id: UUID) -> list[NetworkLink]:
    query = in_network(NetworkLink, network_id).where(col(NetworkLink.ended_at).is_(None))
    return list(session.exec(query))


def find_center(session: Session, network_id: UUID) -> Peer | None:
    """The 中心市 of this network, if it has one now."""
    query = in_network(NetworkLink, network_id).where(
        NetworkLink.kind == LinkKind.CENTER,
        col(NetworkLink.leads).is_(False),
        col(NetworkLink.ended_at).is_(None),
    )
    link = session.exec(query).first()
    return peer_at(session, link) if link else None


def get_led(session: Session, network_id: UUID, link_id: UUID, *, lock: bool = False) -> Peer:
    """A network for which this one is the 中心市 now. Raises NotFound for every other link.
    `lock`: it doesn't end before this transaction does."""
    query = in_network(NetworkLink, network_id).where(
        NetworkLink.id == link_id,
        NetworkLink.kind == LinkKind.CENTER,
        col(NetworkLink.leads).is_(True),
        col(NetworkLink.ended_at).is_(None),
    )
    link = session.exec(query.with_for_update() if lock else query).first()
    if link is None:
        raise NotFound(N_("見つかりません。"))
    return peer_at(session, link)


def led_peers(session: Session, network_id: UUID) -> list[Peer]:
    """The networks for which this one is the 中心市 now."""
    found = open_links(session, network_id)
    return [peer_at(session, one) for one in found if one.leads and one.kind == LinkKind.CENTER]
