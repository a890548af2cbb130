"""Taking a roster over again adds what is new and touches nothing that is there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from fastapi import FastAPI
from sqlmodel import Session, func, select

from app.badges.models import Badge
from app.badges.rules import BadgeState
from app.networks.models import Network
from app.office.roster.applying import RosterImport, apply_roster
from app.organizations.models import Organization, Workplace
from app.organizations.roster.entries import Roster, RosterRow
from app.organizations.rules import Industry, Standing
from tests.towns import AFTERNOON, Town

TakeOver = Callable[..., RosterImport]
UNTIL = date(2027, 3, 31)
ROW = RosterRow(
    line=2,
    organization="北山信用金庫",
    organization_kana="キタヤマシンヨウキンコ",
    standing=Standing.MEMBER,
    commissioned_on=None,
    workplace="本店",
    industry=Industry.FINANCE,
    address="北山町1",
    telephone="0000-00-0001",
    email="",
    contact="",
    badges=3,
    note="",
)


@pytest.fixture
def take_over(app: FastAPI, town: Town) -> TakeOver:
    """Take these rows over in 北山町."""

    def take_over_now(*rows: RosterRow) -> RosterImport:
        with app.state.database.writing() as session:
            network = session.get_one(Network, town.neighbour.id)
            roster = Roster(rows=list(rows), problems=[])
            return apply_roster(session, network, roster, valid_until=UNTIL, now=AFTERNOON)

    return take_over_now


def test_organizations_workplaces_and_badges_are_added(take_over: TakeOver, town: Town) -> None:
    branch = replace(ROW, line=3, workplace="東支店", badges=2)
    assert take_over(ROW, branch) == RosterImport(2, 1, 2, 5, unlisted=1)


def test_the_same_roster_again_adds_nothing(take_over: TakeOver) -> None:
    take_over(ROW)
    assert take_over(ROW) == RosterImport(1, 0, 0, 0, unlisted=1)


@pytest.mark.parametrize(("now_wanted", "added"), [(5, 2), (3, 0), (1, 0), (0, 0)])
def test_only_badges_that_are_still_owed_are_added(
    take_over: TakeOver, now_wanted: int, added: int
) -> None:
    take_over(ROW)
    assert take_over(replace(ROW, badges=now_wanted)).badges == added


def test_two_shops_without_names_in_two_industries_are_two_workplaces(take_over: TakeOver) -> None:
    counter = replace(ROW, workplace="", badges=1)
    assert take_over(counter, replace(counter, industry=Industry.POST)).workplaces == 2


def test_networks_do_not_share_organizations(take_over: TakeOver, app: FastAPI, town: Town) -> None:
    with app.state.database.reading() as session:
        ours = session.exec(
            select(Organization).where(Organization.network_id == town.here.network.id)
        ).first()
    assert ours
    assert take_over(replace(ROW, organization=ours.name)).organizations == 1


def test_every_workplace_gets_a_code_of_its_own(session: Session) -> None:
    codes = session.exec(select(Workplace.code).where(Workplace.code != "")).all()
    assert len(codes) == len(set(codes)) == 31
    assert {len(code) for code in codes} == {6}


def test_a_replacement_is_not_counted_as_owed(
    take_over: TakeOver, app: FastAPI, town: Town, session: Session
) -> None:
    take_over(ROW)
    with app.state.database.writing() as writing:
        badge = writing.exec(
            select(Badge).where(Badge.network_id == town.neighbour.id, Badge.number == "B-0001")
        ).one()
        badge.state = BadgeState.STOPPED
        writing.add(
            Badge(
                network_id=badge.network_id,
                workplace_id=badge.workplace_id,
                number="B-0099",
                code="2" * 11,
                valid_until=UNTIL,
                issued_at=AFTERNOON,
                replaces_id=badge.id,
            )
        )
    assert take_over(ROW).badges == 0
    count = select(func.count()).select_from(Badge).where(Badge.network_id == town.neighbour.id)
    assert session.exec(count).one() == 1 + 3 + 1
