"""Two networks are linked by the operator; each keeps its half, and either ends it."""

import pytest
from sqlmodel import Session, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.errors import Conflict
from app.links.commands import end_link, link_networks
from app.links.models import NetworkLink
from app.links.queries import find_center, open_links, peers_of
from app.links.rules import LinkKind
from tests.cast import Cast
from tests.links.around import GROUND, link_towns, towns
from tests.towns import AFTERNOON


def entries(session: Session, action: str) -> dict[object, tuple[str, dict[str, object]]]:
    """By network: who did it, and what stands beside it."""
    session.rollback()
    found = session.exec(select(AuditEntry).where(AuditEntry.action == action)).all()
    return {one.network_id: (one.actor, one.details) for one in found}


def test_both_see_the_other_and_what_they_agreed_on(cast: Cast, session: Session) -> None:
    link_towns(cast)
    here, there = towns(cast, session)
    (seen_here,), (seen_there,) = (peers_of(session, one.id) for one in (here, there))
    assert (seen_here.name, seen_here.center_tel) == ("北山町", "0000-00-2188")
    assert (seen_there.name, seen_there.center_tel) == ("青波市", here.center_tel)
    assert (seen_here.link.role_of_peer, seen_there.link.role_of_peer) == ("around", "center")
    assert seen_here.link.ground == seen_there.link.ground == GROUND
    assert seen_here.link.id == seen_there.link.id
    assert find_center(session, here.id) is None


def test_both_records_say_it_and_stay_whole(cast: Cast, session: Session) -> None:
    link_towns(cast)
    here, there = towns(cast, session)
    said = entries(session, "link.begin")
    assert said[here.id] == ("operator", {"kind": "center", "leads": True, "peer": "北山町"})
    assert said[there.id] == ("operator", {"kind": "center", "leads": False, "peer": "青波市"})
    assert first_broken(session, here.id) is first_broken(session, there.id) is None


def test_a_town_has_one_center_and_one_link_with_it(cast: Cast) -> None:
    link_towns(cast)
    with pytest.raises(Conflict):
        link_towns(cast)
    with pytest.raises(Conflict):
        link_towns(cast, reversed_=True)


def test_nobody_is_linked_with_itself_or_against_its_kind(cast: Cast, session: Session) -> None:
    here, there = towns(cast, session)
    for leading, led, kind in (
        (here, here, LinkKind.CENTER),
        (here, there, LinkKind.PREFECTURE),
    ):
        with pytest.raises(Conflict):
            link_networks(session, leading, led, kind, GROUND, AFTERNOON)
    assert session.exec(select(NetworkLink)).all() == []


def test_a_network_without_a_name_waits_for_its_first_run(cast: Cast, session: Session) -> None:
    here, there = towns(cast, session)
    there.municipality = ""
    with pytest.raises(Conflict):
        link_networks(session, here, there, LinkKind.CENTER, GROUND, AFTERNOON)


def test_the_town_ends_it_for_both_at_once(cast: Cast, session: Session) -> None:
    link_id = link_towns(cast)
    here, there = towns(cast, session)
    with cast.app.state.database.writing() as writing:
        end_link(writing, there.id, link_id, "staff:somebody", AFTERNOON)
        end_link(writing, there.id, link_id, "staff:somebody", AFTERNOON)
    said = entries(session, "link.end")
    assert said[there.id][0] == "staff:somebody"
    assert said[here.id][0] == f"network:{there.id}"
    assert open_links(session, here.id) == open_links(session, there.id) == []
    (ended,) = peers_of(session, here.id)
    assert (ended.name, ended.center_tel) == ("北山町", "")


def test_it_can_be_made_anew_after_its_end(cast: Cast, session: Session) -> None:
    first = link_towns(cast)
    with cast.app.state.database.writing() as writing:
        end_link(writing, cast.town.neighbour.id, first, "operator", AFTERNOON)
    assert link_towns(cast, reversed_=True) != first
    assert len(peers_of(session, cast.town.neighbour.id)) == 2
