"""お約束の確認 and 任期: kept for five years after somebody left, and not for ever."""

from datetime import date, timedelta
from uuid import UUID

from sqlmodel import col, select

from app.badges.models import Agreement, Badge
from app.networks.scope import in_network
from app.organizations.models import Organization, Term, Workplace
from tests.badges.records import badge_id
from tests.holdings.years import Years

FIVE_YEARS = timedelta(days=1828)


def agreed(years: Years) -> list[UUID | None]:
    """By badge; None for a representative."""
    years.session.rollback()
    return list(years.session.exec(select(Agreement.badge_id)).all())


def worn(years: Years) -> UUID:
    return badge_id(years.cast.app, years.phone.code)


def organization_of(years: Years, badge: UUID) -> UUID:
    found = select(Workplace.organization_id).where(
        col(Workplace.id).in_(select(Badge.workplace_id).where(Badge.id == badge))
    )
    return years.session.exec(found).one()


def stop(years: Years, badge: UUID) -> None:
    answer = years.cast.staff("clerk").post(f"/office/badges/{badge}/stop", reason="left")
    assert answer.status_code == 303


def test_what_was_agreed_to_goes_five_years_after_the_badge_was_stopped(years: Years) -> None:
    badge = worn(years)
    stop(years, badge)
    years.later(timedelta(days=1825))
    assert agreed(years) == [badge]
    page = years.cast.staff("clerk").get("/office/data").text
    assert "<dt>お約束の確認・過ぎた任期</dt><dd>0件</dd>" in page
    years.cast.clock.now += timedelta(days=2)
    page = years.cast.staff("clerk").get("/office/data").text
    assert "<dt>お約束の確認・過ぎた任期</dt><dd>1件</dd>" in page
    years.later(timedelta(days=1))
    assert agreed(years) == []


def test_it_stays_as_long_as_the_badge_is_worn(years: Years) -> None:
    years.later(3 * FIVE_YEARS)
    assert agreed(years) == [worn(years)]


def test_whoever_got_another_badge_for_a_lost_one_has_not_left(years: Years) -> None:
    lost = newest = worn(years)
    clerk = years.cast.staff("clerk")
    for _ in range(2):
        clerk.post(f"/office/badges/{newest}/stop")
        address = clerk.post(f"/office/badges/{newest}/replacement").headers["location"]
        newest = UUID(address.rsplit("/", 1)[1])
    years.later(FIVE_YEARS)
    assert agreed(years) == [lost]
    stop(years, newest)
    years.later(FIVE_YEARS)
    assert agreed(years) == []


def test_an_organization_takes_its_terms_and_its_representatives_word_along(years: Years) -> None:
    home = organization_of(years, worn(years))
    path = f"/office/organizations/{home}"
    clerk = years.cast.staff("clerk")
    clerk.post(f"{path}/agreements", signer="店主", agreed_on="2026-09-01")
    for year in (2026, 2027):
        fields = {"term_begins_on": f"{year}-04-01", "term_ends_on": f"{year + 1}-03-31"}
        assert clerk.post(f"{path}/term", **fields).status_code == 303
    clerk.post(f"{path}/end")
    years.later(timedelta(days=1826))
    assert (None in agreed(years), years.count(Term)) == (True, 1)
    years.later(timedelta(days=2))
    assert (agreed(years), years.count(Term)) == ([], 0)
    ended = in_network(Organization, years.here).where(Organization.id == home)
    assert years.session.exec(ended).one().ended_on == date(2026, 9, 24)


def test_an_organization_that_takes_part_keeps_them(years: Years) -> None:
    home = organization_of(years, worn(years))
    path = f"/office/organizations/{home}/agreements"
    years.cast.staff("clerk").post(path, signer="店主", agreed_on="2026-09-01")
    years.later(3 * FIVE_YEARS)
    assert None in agreed(years)


def test_the_town_next_door_keeps_its_own(years: Years) -> None:
    theirs = years.cast.stranger_phone()
    theirs.pair()
    code = years.cast.town.neighbour_code
    stop(years, worn(years))
    years.later(FIVE_YEARS)
    assert agreed(years) == [badge_id(years.cast.app, code)]
