"""Issuing badges, extending them, ending their phones, and noting who has one."""

import re
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.badges.models import Badge, Pairing
from app.badges.queries import find_badge
from app.networks.models import Network
from tests.badges.records import badge_id
from tests.cast import Cast, Desk

UNTIL = "2027-03-31"


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


@pytest.fixture
def place(cast: Cast, app: FastAPI) -> UUID:
    with app.state.database.reading() as session:
        badge = find_badge(session, cast.town.code("newspaper"))
        assert badge
        return badge.workplace_id


def issue(clerk: Desk, place: UUID, **changes: str) -> int:
    fields = {"count": "3", "kind": "personal", "valid_until": UNTIL} | changes
    return int(clerk.post("/office/badges", workplace=str(place), **fields).status_code)


def test_many_badges_are_issued_at_once(clerk: Desk, place: UUID, session: Session) -> None:
    before = {one.id for one in session.exec(select(Badge)).all()}
    assert issue(clerk, place, count="500") == 303
    session.rollback()
    new = session.exec(select(Badge).where(col(Badge.id).not_in(before))).all()
    assert len(new) == len({one.number for one in new}) == len({one.code for one in new}) == 500
    assert {one.workplace_id for one in new} == {place}
    assert {(one.state, one.kind, str(one.valid_until)) for one in new} == {
        ("issued", "personal", UNTIL)
    }


def test_a_form_sent_twice_issues_once(clerk: Desk, place: UUID, session: Session) -> None:
    page = clerk.get(f"/office/badges/new?workplace={place}").text
    there = re.search(r'name="issued" value="(\d+)"', page)
    assert there
    assert issue(clerk, place, issued=there[1]) == 303
    assert issue(clerk, place, issued=there[1]) == 422
    now = len(session.exec(select(Badge).where(Badge.workplace_id == place)).all())
    assert now == int(there[1]) + 3
    assert issue(clerk, place, issued=str(now)) == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "0"},
        {"count": "501"},
        {"count": "three"},
        {"count": "٣"},
        {"kind": "gold"},
        {"valid_until": ""},
        {"valid_until": "2026-09-24"},
    ],
)
def test_what_cannot_be_issued_is_said(
    clerk: Desk, place: UUID, session: Session, wrong: dict[str, str]
) -> None:
    before = len(session.exec(select(Badge)).all())
    assert issue(clerk, place, **wrong) == 422
    session.rollback()
    assert len(session.exec(select(Badge)).all()) == before


def test_the_workplace_is_found_first(clerk: Desk, place: UUID) -> None:
    assert clerk.post("/office/badges").status_code == 303
    page = clerk.get("/office/badges/new", params={"text": "マルミ"}).text
    assert "マルミ 青波駅前店" in page
    assert str(place) not in page
    assert "枚数" in clerk.get(f"/office/badges/new?workplace={place}").text


def test_a_neighbours_workplace_gets_no_badge(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    with app.state.database.reading() as session:
        theirs = find_badge(session, cast.town.neighbour_code)
        assert theirs
    assert issue(clerk, theirs.workplace_id) == 404


def test_ticked_badges_are_extended_and_no_others(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    ids = [str(badge_id(app, cast.town.code(one))) for one in ("conveni", "finance")]
    asked = clerk.get("/office/badges/validity", params={"badge": ids})
    assert "2枚の期限を変える" in asked.text
    past = clerk.post("/office/badges/validity", badge=ids, valid_until="2020-01-01")
    assert past.status_code == 422
    assert past.text.count('name="badge"') == 2
    assert (
        clerk.post("/office/badges/validity", badge=ids, valid_until="2028-03-31").status_code
        == 303
    )
    session.rollback()
    extended = session.exec(select(Badge).where(Badge.valid_until == date(2028, 3, 31))).all()
    assert {str(one.id) for one in extended} == set(ids)


def test_all_of_a_filter_are_extended_but_stopped_ones(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    lost = badge_id(app, cast.town.code("conveni"))
    clerk.post(f"/office/badges/{lost}/stop")
    fields = {"all": "yes", "industry": "conveni", "valid_until": "2028-03-31"}
    assert clerk.post("/office/badges/validity", **fields).status_code == 303
    extended = session.exec(select(Badge).where(Badge.valid_until == date(2028, 3, 31))).all()
    ours = sum(one["industry"] == "conveni" for one in cast.town.badges)
    assert len(extended) == ours - 1 >= 50
    assert lost not in {one.id for one in extended}


def test_a_neighbours_badge_is_as_good_as_not_ticked(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    theirs = str(badge_id(app, cast.town.neighbour_code))
    answer = clerk.post("/office/badges/validity", badge=theirs, valid_until="2028-03-31")
    assert answer.status_code == 422
    assert not session.exec(select(Badge).where(Badge.valid_until == date(2028, 3, 31))).all()


def test_choosing_none_says_so(clerk: Desk) -> None:
    answer = clerk.get("/office/badges/validity")
    assert answer.status_code == 422
    assert "名札に✓してから" in answer.text


@pytest.mark.parametrize(
    ("reason", "shown"),
    [("lost", "紛失"), ("left", "退職"), ("swapped", "入替え"), ("returned", "回収")],
)
def test_a_badge_is_stopped_for_a_reason(
    clerk: Desk, cast: Cast, app: FastAPI, reason: str, shown: str
) -> None:
    path = f"/office/badges/{badge_id(app, cast.town.code())}"
    assert clerk.post(f"{path}/stop", reason="ended").status_code == 422
    assert clerk.post(f"{path}/stop", reason=reason).status_code == 303
    assert f"停止({shown})" in clerk.get(path).text


def test_a_phone_is_unpaired_and_what_it_had_queued_still_arrives(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    phone, other = cast.phone(), cast.phone()
    phone.report()
    other.pair()
    path = f"/office/badges/{badge_id(app, phone.code)}"
    assert clerk.get(path).text.count("登録を終える</button>") == 2
    first = session.exec(select(Pairing).order_by(col(Pairing.id))).all()[0]
    for _ in "ab":
        assert clerk.post(f"{path}/phones/{first.id}/end").status_code == 303
    assert clerk.get(path).text.count("登録を終える</button>") == 1
    assert "名札の裏を読み取ってください" in phone.client.get("/").text
    assert phone.put(phone.envelope()).status_code == 201
    assert "名札の裏を読み取ってください" not in other.client.get("/").text


def test_a_phone_of_another_badge_is_not_unpaired_here(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    cast.phone("post").pair()
    pairing = session.exec(select(Pairing)).one()
    path = f"/office/badges/{badge_id(app, cast.town.code())}/phones/{pairing.id}/end"
    assert clerk.post(path).status_code == 404


def test_a_call_name_is_kept_and_found(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    path = f"/office/badges/{badge_id(app, cast.town.code())}"
    assert clerk.post(f"{path}/holder", call_name="早番リーダー").status_code == 303
    assert clerk.post(f"{path}/holder", call_name="あ" * 13).status_code == 422
    found = clerk.get("/office/badges", params={"text": "早番"}).text
    assert re.findall(r'<th scope="row"[^>]*>([A-Z]-\d+)</th>', found) == ["A-0001"]


def test_notes_on_holders_are_kept_only_where_wanted_and_wiped_when_not(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    wanted = badge_id(app, cast.town.code())
    path = f"/office/badges/{wanted}"

    def noted() -> str:
        session.rollback()
        return session.exec(select(Badge.holder_note).where(Badge.id == wanted)).one()

    clerk.post(f"{path}/holder", holder_note="田辺さん")
    assert noted() == ""
    clerk.post("/office/badges/holder-notes", keep="yes")
    clerk.post(f"{path}/holder", holder_note="田辺さん")
    assert noted() == "田辺さん"
    assert "A-0001" in clerk.get("/office/badges", params={"text": "田辺"}).text
    clerk.post("/office/badges/holder-notes")
    assert noted() == ""
    kept = session.get_one(Network, cast.town.here.network.id).notes_holders
    assert not kept


def test_a_shared_badges_home_lists_nobodys_reports(
    clerk: Desk, cast: Cast, place: UUID, session: Session
) -> None:
    assert issue(clerk, place, kind="shared", count="1") == 303
    assert "店QR 1" in clerk.get("/office").text
    phone = cast.phone()
    phone.code = session.exec(select(Badge.code).where(Badge.kind == "shared")).one()
    report_id = phone.report()
    home = phone.client.get("/").text
    assert "みんなで使う" in home
    assert str(report_id) not in home
    assert phone.client.get(f"/reports/{report_id}").status_code == 200
