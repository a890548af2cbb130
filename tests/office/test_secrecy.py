"""お約束: versions, agreement on screen and on paper, and who still owes it."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select

from app.badges.models import Agreement, Badge, Promise
from app.badges.queries import find_badge
from app.organizations.models import Organization, Workplace
from tests.cast import Cast, Desk

TEXTS = {
    f"{kind}-{language}": f"{kind} {language} 約束その1\n約束その2"
    for kind in ("member", "partner")
    for language in ("ja", "easy", "en")
}


@pytest.fixture
def clerk(cast: Cast) -> Desk:
    return cast.staff("clerk")


def badge_of(app: FastAPI, code: str) -> Badge:
    with app.state.database.reading() as session:
        badge = find_badge(session, code)
        assert badge
        return badge


def test_the_standard_wording_follows_the_standing(cast: Cast) -> None:
    partner = cast.phone("conveni").client.get(f"/b/{cast.town.code('conveni')}").text
    member = cast.phone("finance").client.get(f"/b/{cast.town.code('finance')}").text
    assert "声をかけるかどうかは" in partner
    assert "法律で罰せられる" in member
    assert "法律で罰せられる" not in partner


def test_a_new_version_is_asked_for_at_the_next_use(
    clerk: Desk, cast: Cast, session: Session
) -> None:
    phone = cast.phone()
    phone.pair()
    page = f"/b/{phone.code}"
    assert "上のお約束を守ります" not in phone.client.get(page).text
    assert clerk.post("/office/secrecy", **TEXTS).status_code == 303
    again = phone.client.get(page).text
    assert "上のお約束を守ります" in again
    assert "partner ja 約束その1" in again
    assert phone.pair().status_code == 422
    assert phone.pair(agreed_version=2).status_code == 201
    assert "上のお約束を守ります" not in phone.client.get(page).text
    kept = session.exec(select(Agreement).order_by(col(Agreement.version))).all()
    assert [(one.version, one.method, one.language) for one in kept] == [
        (1, "screen", "ja"),
        (2, "screen", "ja"),
    ]


def test_the_same_wording_makes_no_new_version(clerk: Desk, session: Session) -> None:
    for _ in "ab":
        clerk.post("/office/secrecy", **TEXTS)
    assert [one.version for one in session.exec(select(Promise)).all()] == [2]


@pytest.mark.parametrize("wrong", [{"member-easy": ""}, {"partner-en": "a" * 1001}])
def test_a_version_has_every_text(clerk: Desk, session: Session, wrong: dict[str, str]) -> None:
    answer = clerk.post("/office/secrecy", **(TEXTS | wrong))
    assert answer.status_code == 422
    assert "member ja 約束その1" in answer.text
    assert not session.exec(select(Promise)).all()


def test_paper_is_entered_for_those_who_owe_it(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    badge = badge_of(app, cast.town.code("conveni"))
    assert "未確認の名札はありません" in clerk.get("/office/secrecy").text
    with app.state.database.writing() as writing:
        held = writing.exec(select(Badge).where(Badge.workplace_id == badge.workplace_id)).all()
        for one in held:
            one.state = "printed"
    path = f"/office/secrecy/workplaces/{badge.workplace_id}"
    assert f"{len(held)}枚" in clerk.get("/office/secrecy").text
    ticked = [str(one.id) for one in held[:2]]
    assert clerk.post(path, badge=ticked, agreed_on="2026-09-25").status_code == 422
    assert clerk.post(path, agreed_on="2026-09-01").status_code == 422
    for _ in "ab":
        clerk.post(path, badge=ticked, agreed_on="2026-09-01")
    assert f"{len(held) - 2}枚" in clerk.get("/office/secrecy").text
    kept = session.exec(select(Agreement)).all()
    assert sorted(str(one.badge_id) for one in kept) == sorted(ticked)
    assert {(one.method, str(one.agreed_on)) for one in kept} == {("paper", "2026-09-01")}
    assert "2026年9月1日(紙)" in clerk.get(f"/office/badges/{ticked[0]}").text


def test_a_representative_confirms_apart_from_their_people(
    clerk: Desk, cast: Cast, app: FastAPI, session: Session
) -> None:
    badge = badge_of(app, cast.town.code())
    place = session.exec(select(Workplace).where(Workplace.id == badge.workplace_id)).one()
    path = f"/office/organizations/{place.organization_id}"
    wrong = clerk.post(f"{path}/agreements", signer="", agreed_on="2026-09-01")
    assert wrong.status_code == 422
    for _ in "ab":
        answer = clerk.post(f"{path}/agreements", signer="店主 青木", agreed_on="2026-09-01")
        assert answer.is_redirect
    assert "店主 青木" in clerk.get(path).text
    session.rollback()
    kept = session.exec(select(Agreement)).one()
    assert (kept.badge_id, kept.organization_id, kept.version) == (None, place.organization_id, 1)


def test_a_neighbours_badges_are_not_entered(clerk: Desk, cast: Cast, app: FastAPI) -> None:
    theirs: UUID = badge_of(app, cast.town.neighbour_code).workplace_id
    path = f"/office/secrecy/workplaces/{theirs}"
    assert clerk.get(path).status_code == 404
    assert clerk.post(path, agreed_on="2026-09-01").status_code == 404
    with app.state.database.reading() as session:
        network_id = cast.town.neighbour.id
        mine = select(Organization).where(Organization.network_id == network_id)
        organization = session.exec(mine).one()
    path = f"/office/organizations/{organization.id}/agreements"
    assert clerk.post(path, signer="北川", agreed_on="2026-09-01").status_code == 404
