"""One network never sees another's rows: they are not forbidden, they are not there."""

import pytest
from sqlmodel import Session, select

from app.badges.models import Badge
from app.errors import NotFound
from app.networks.scope import get_network, get_row, in_network
from tests.towns import Town


def neighbours_badge(session: Session, town: Town) -> Badge:
    return session.exec(select(Badge).where(Badge.code == town.neighbour_code)).one()


def test_a_row_is_found_within_its_network_only(session: Session, town: Town) -> None:
    badge = neighbours_badge(session, town)
    assert get_row(session, Badge, town.neighbour.id, badge.id) is badge
    with pytest.raises(NotFound):
        get_row(session, Badge, town.here.network.id, badge.id)


def test_a_query_starts_with_the_rows_of_one_network(session: Session, town: Town) -> None:
    theirs = session.exec(in_network(Badge, town.neighbour.id)).all()
    ours = session.exec(in_network(Badge, town.here.network.id)).all()
    assert [badge.code for badge in theirs] == [town.neighbour_code]
    assert len(ours) == 181
    assert town.neighbour_code not in {badge.code for badge in ours}


def test_a_network_is_found_by_its_id(session: Session, town: Town) -> None:
    assert get_network(session, town.neighbour.id).municipality == "北山町"
