"""Linking two networks and ending that; the audit chains of both say it."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.audit.commands import record
from app.errors import N_, Conflict
from app.ids import new_id
from app.links.models import NetworkLink
from app.links.queries import open_links
from app.links.rules import LinkKind, fits, still_fits
from app.networks.models import Network
from app.networks.scope import get_row, in_network

OPERATOR = "operator"


def link_networks(
    session: Session, leading: Network, led: Network, kind: LinkKind, ground: str, now: datetime
) -> UUID:
    """By the operator, once both have agreed. Returns the id of both halves. Raises Conflict."""
    _check(session, leading, led, kind)
    link_id = new_id()
    for own, peer in ((leading, led), (led, leading)):
        half = NetworkLink(
            network_id=own.id,
            id=link_id,
            peer_id=peer.id,
            peer_name=peer.municipality,
            kind=kind,
            leads=own is leading,
            ground=ground,
            began_at=now,
        )
        session.add(half)
        _note(session, half, "begin", OPERATOR, now)
    session.flush()
    return link_id


def _check(session: Session, leading: Network, led: Network, kind: LinkKind) -> None:
    if not (leading.municipality and led.municipality):
        raise Conflict(N_("先に、両方のネットワークの「はじめの設定」で名前を入れてください。"))
    if leading.id == led.id:
        raise Conflict(N_("同じネットワークどうしは、つなげません。"))
    if not fits(kind, leading.kind, led.kind):
        raise Conflict(N_("この種類のネットワークは、このつなぎ方ができません。"))
    links = open_links(session, led.id)
    if any(one.peer_id == leading.id for one in links):
        raise Conflict(N_("この2つのネットワークは、もうつながっています。"))
    if any(one.kind == kind and not one.leads for one in links):
        raise Conflict(N_("中心市も都道府県も、1つのネットワークに1つずつです。"))


def end_link(session: Session, network_id: UUID, link_id: UUID, by: str, now: datetime) -> None:
    """From now on neither sees anything of the other. `by`: as the chain of this network names
    who did it. Ending it again changes nothing. Raises NotFound for somebody else's."""
    peer_id = get_row(session, NetworkLink, network_id, link_id).peer_id
    # In one order, so that both ends can't wait for each other.
    for half_of in sorted((network_id, peer_id)):
        half = _locked(session, half_of, link_id)
        known = half_of == network_id or by == OPERATOR
        _end_half(session, half, by if known else f"network:{network_id}", now)


def end_links_to(session: Session, network: Network, now: datetime) -> None:
    """The other networks' halves, when this one and its own halves go for good."""
    for link in open_links(session, network.id):
        _end_half(session, _locked(session, link.peer_id, link.id), f"network:{network.id}", now)
    session.flush()


def _end_half(session: Session, half: NetworkLink | None, by: str, now: datetime) -> None:
    if half is None or half.ended_at is not None:
        return
    half.ended_at, half.peer_name = now, session.get_one(Network, half.peer_id).municipality
    _note(session, half, "end", by, now)


def kind_is_in_use(session: Session, network: Network, kind: str) -> bool:
    """Whether a link stands that a network of that kind couldn't have."""
    return any(
        not still_fits(
            LinkKind(one.kind), one.leads, kind, session.get_one(Network, one.peer_id).kind
        )
        for one in open_links(session, network.id)
    )


def _locked(session: Session, network_id: UUID, link_id: UUID) -> NetworkLink | None:
    """None where that network is gone."""
    query = in_network(NetworkLink, network_id).where(NetworkLink.id == link_id)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def _note(session: Session, half: NetworkLink, what: str, by: str, now: datetime) -> None:
    record(
        session,
        half.network_id,
        actor=by,
        action=f"link.{what}",
        object_id=half.id,
        now=now,
        details={"kind": half.kind, "leads": half.leads, "peer": half.peer_name},
    )
