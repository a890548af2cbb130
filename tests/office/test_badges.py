"""The clerk's badges: found, paged, stopped and replaced, on a PC that allows nothing but HTML."""

import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.organizations.models import Workplace
from tests.badges.records import badge_id
from tests.cast import Cast, Desk
from tests.towns import Town


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def listed(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([A-Z]-\d+)</th>', page)


def search(clerk: Desk, **wanted: str) -> list[str]:
    answer = clerk.get("/office/badges", params=wanted)
    assert answer.status_code == 200
    return listed(answer.text)


def test_pages_of_fifty_show_every_badge_once(clerk: Desk, town: Town) -> None:
    seen: list[str] = []
    address = "/office/badges"
    while address:
        page = clerk.get(address).text
        seen += listed(page)
        following = re.search(r'href="([^"]*after=[^"]*)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert seen == sorted(one["number"] for one in town.badges)
    assert len(seen) == 181


@pytest.mark.parametrize("industry", ["conveni", "finance", "post"])
def test_an_industry_narrows_the_list(clerk: Desk, town: Town, industry: str) -> None:
    expected = [one["number"] for one in town.badges if one["industry"] == industry]
    assert search(clerk, industry=industry) == sorted(expected)[:50]


def test_text_finds_numbers_organizations_and_shops(clerk: Desk, town: Town) -> None:
    sample = town.badges[0]
    for text in (sample["number"], sample["number"].lower(), sample["workplace"].split()[0]):
        assert sample["number"] in search(clerk, text=f" {text} ")


@pytest.mark.parametrize("text", ["%", "_", "A%1", "' OR 1=1--", "\\", "\x00zzz", "𠮷野"])
def test_text_is_searched_letter_by_letter(clerk: Desk, text: str) -> None:
    assert search(clerk, text=text) == []


def test_a_state_narrows_the_list(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    phone = cast.phone()
    phone.report()
    number = next(b["number"] for b in cast.town.badges if b["url"].endswith(phone.code))
    assert search(clerk, state="in_use") == [number]
    clerk.post(f"/office/badges/{badge_id(app, phone.code)}/stop")
    assert search(clerk, state="stopped") == [number]
    assert search(clerk, state="nonsense") == []


def test_the_filter_is_kept_on_the_way_to_the_next_page(clerk: Desk, app: FastAPI) -> None:
    page = clerk.get("/office/badges", params={"text": "-0", "industry": ""}).text
    following = re.search(r'href="([^"]*after=[^"]*)"', page)
    assert following
    assert "text=-0" in following[1]


def test_stopping_twice_keeps_the_first_time_and_one_record(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    wanted = badge_id(app, cast.town.code())
    clerk.post(f"/office/badges/{wanted}/stop")
    first = cast.clock.now
    cast.clock.advance(hours=1)
    assert clerk.post(f"/office/badges/{wanted}/stop").status_code == 303
    badge = session.exec(select(Badge).where(Badge.id == wanted)).one()
    assert (badge.state, badge.stopped_at) == ("stopped", first)
    stops = session.exec(select(AuditEntry).where(AuditEntry.action == "badge.stop")).all()
    assert [one.details for one in stops] == [{"number": badge.number, "reason": "lost"}]


def test_a_badge_is_replaced_only_once_it_is_stopped(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    wanted = badge_id(app, cast.town.code())
    refused = clerk.post(f"/office/badges/{wanted}/replacement")
    assert refused.status_code == 422
    assert "先に、この名札を停止してください" in refused.text
    clerk.post(f"/office/badges/{wanted}/stop")
    places = [clerk.post(f"/office/badges/{wanted}/replacement").headers["location"] for _ in "ab"]
    assert places[0] == places[1]
    new = session.exec(select(Badge).where(Badge.replaces_id == wanted)).one()
    old = session.exec(select(Badge).where(Badge.id == wanted)).one()
    assert places[0] == f"/office/badges/{new.id}"
    assert (new.workplace_id, new.valid_until) == (old.workplace_id, old.valid_until)
    assert new.code != old.code
    assert new.number not in {one["number"] for one in cast.town.badges}


def test_a_replacement_of_a_badge_past_its_day_is_valid_again(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    wanted = badge_id(app, cast.town.code())
    with app.state.database.writing() as writing:
        old = writing.exec(select(Badge).where(Badge.id == wanted)).one()
        old.valid_until = date(2026, 9, 24)
    clerk.post(f"/office/badges/{wanted}/stop")
    clerk.post(f"/office/badges/{wanted}/replacement")
    new = session.exec(select(Badge).where(Badge.replaces_id == wanted)).one()
    assert new.valid_until == date(2027, 3, 31)


def test_a_replacement_works_at_once_and_touches_no_other_badge(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    wanted = badge_id(app, cast.town.code())
    clerk.post(f"/office/badges/{wanted}/stop")
    clerk.post(f"/office/badges/{wanted}/replacement")
    phone = cast.phone()
    phone.code = session.exec(select(Badge.code).where(Badge.replaces_id == wanted)).one()
    assert phone.pair().status_code == 201
    stopped = session.exec(select(Badge).where(Badge.state == "stopped")).all()
    assert [one.id for one in stopped] == [wanted]


@pytest.mark.parametrize("action", ["", "/stop", "/replacement"])
def test_another_networks_badge_is_not_there(
    clerk: Desk, app: FastAPI, town: Town, session: Session, action: str
) -> None:
    for wanted in (badge_id(app, town.neighbour_code), uuid4()):
        method = "POST" if action else "GET"
        assert clerk.client.request(method, f"/office/badges/{wanted}{action}").status_code == 404
    assert session.exec(select(Badge).where(Badge.state == "stopped")).all() == []


def test_a_counsellor_stops_no_badges(cast: Cast, app: FastAPI) -> None:
    desk, wanted = cast.staff("counsellor"), badge_id(app, cast.town.code())
    for path in ("stop", "replacement"):
        assert desk.post(f"/office/badges/{wanted}/{path}").status_code == 403
    assert desk.post("/office/badges/sheet", badge=str(wanted)).status_code == 403
    assert desk.get("/office").status_code == 403


def test_the_office_lists_organizations_with_their_counts(clerk: Desk, session: Session) -> None:
    page = clerk.get("/office").text
    assert "団体" in page
    places = session.exec(select(Workplace)).all()
    shown = sum(int(n) for n in re.findall(r">(\d+)枚<", page))
    assert shown == 181
    assert sum(place.telephone in page for place in places if place.telephone) > 20


def test_the_office_of_another_network_shows_its_own_only(cast: Cast) -> None:
    page = cast.stranger("clerk").get("/office").text
    assert "北山商店" in page
    assert "マルミ" not in page


def test_a_badge_shows_its_phones_and_its_last_use(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    phone = cast.phone()
    wanted: UUID = badge_id(app, phone.code)
    assert "まだ使われていません" in clerk.get(f"/office/badges/{wanted}").text
    phone.report()
    page = clerk.get(f"/office/badges/{wanted}").text
    assert "きょう 14:05" in page
    assert "1台" in page
    assert phone.code not in page
