"""招待: a link serves once, for 72 hours, and what was lost opens nothing afterwards."""

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.staff.models import Invitation, Passkey, Staff
from tests.cast import Cast, Desk
from tests.staff.authenticator import Authenticator
from tests.staff.passkeys import is_signed_in, register, sign_in
from tests.towns import StandingClock

PASSWORD = "a password of my own"
CHOSEN = {"new_password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def guest(app: FastAPI) -> TestClient:
    """A browser of somebody who isn't signed in."""
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def link(cast: Cast) -> str:
    """For 小野, a new counsellor."""
    answer = cast.staff("clerk").post(
        "/office/staff", name="小野", sign_in="ono", role="counsellor"
    )
    return link_in(answer.text)


@pytest.fixture
def link_for_sato(cast: Cast, session: Session) -> str:
    sato = session.exec(select(Staff).where(Staff.sign_in == "sato")).one()
    return link_in(cast.staff("clerk").post(f"/office/staff/{sato.id}/invitation").text)


@pytest.fixture
def authenticator() -> Authenticator:
    return Authenticator()


def link_in(page: str) -> str:
    found = re.search(r"/invitations/[\w-]+", page)
    assert found, page
    return found[0]


def test_a_password_of_ones_own_lets_in_and_stays_the_way_in(
    app: FastAPI, guest: TestClient, link: str, noted: Callable[[], list[str]]
) -> None:
    shown = guest.get(link)
    assert "小野さんへの招待" in shown.text
    answer = guest.post(link, data=CHOSEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert is_signed_in(guest)
    assert noted()[-2:] == ["staff.invitation_accept", "staff.sign_in"]
    assert Desk(app, "ono", PASSWORD).get("/desk").status_code == 200


def test_a_passkey_lets_in_without_any_password(
    app: FastAPI, guest: TestClient, link: str, authenticator: Authenticator
) -> None:
    options = guest.post(f"{link}/passkey/options").json()
    answer = guest.post(f"{link}/passkey", data={"credential": authenticator.create(options)})
    assert answer.status_code == 303
    assert is_signed_in(guest)
    other = TestClient(app, follow_redirects=False)
    assert sign_in(other, authenticator).status_code == 303


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"new_password": "short", "again": "short"}, "15文字以上"),
        ({"again": "another one than that"}, "2回の入力が違います"),
        ({"new_password": "", "again": ""}, "15文字以上"),
    ],
)
def test_a_password_that_does_not_do_is_explained_and_the_link_stays(
    guest: TestClient, link: str, change: dict[str, str], said: str
) -> None:
    refused = guest.post(link, data=CHOSEN | change)
    assert refused.status_code == 422
    assert said in refused.text
    assert not is_signed_in(guest)
    assert guest.post(link, data=CHOSEN).status_code == 303


def test_a_passkey_without_its_challenge_is_refused(
    guest: TestClient, link: str, session: Session
) -> None:
    assert guest.post(f"{link}/passkey", data={"credential": "{}"}).status_code == 422
    assert session.exec(select(Passkey)).all() == []


def test_a_link_serves_once(app: FastAPI, guest: TestClient, link: str) -> None:
    guest.post(link, data=CHOSEN)
    other = TestClient(app, follow_redirects=False)
    assert other.get(link).status_code == 404
    assert other.post(link, data=CHOSEN).status_code == 404
    assert other.post(f"{link}/passkey/options").status_code == 404


def test_a_link_serves_for_72_hours(guest: TestClient, link: str, clock: StandingClock) -> None:
    clock.advance(hours=72, seconds=-1)
    assert guest.get(link).status_code == 200
    clock.advance(seconds=1)
    assert guest.get(link).status_code == 404
    assert guest.post(link, data=CHOSEN).status_code == 404


def test_looking_at_a_link_uses_nothing_up(guest: TestClient, link: str) -> None:
    assert [guest.get(link).status_code for _ in range(3)] == [200] * 3


def test_a_new_link_ends_the_one_before(
    cast: Cast, guest: TestClient, link: str, session: Session
) -> None:
    ono = session.exec(select(Staff).where(Staff.sign_in == "ono")).one()
    again = link_in(cast.staff("clerk").post(f"/office/staff/{ono.id}/invitation").text)
    assert (guest.get(link).status_code, guest.get(again).status_code) == (404, 200)


def test_somebody_who_left_can_not_accept(
    cast: Cast, guest: TestClient, link: str, session: Session
) -> None:
    ono = session.exec(select(Staff).where(Staff.sign_in == "ono")).one()
    cast.staff("clerk").post(f"/office/staff/{ono.id}/end")
    assert guest.post(link, data=CHOSEN).status_code == 404


def test_accepting_ends_lost_keys_the_known_password_and_open_sessions(
    cast: Cast,
    guest: TestClient,
    session: Session,
    authenticator: Authenticator,
    link_for_sato: str,
) -> None:
    sato = cast.staff("counsellor")
    register(sato.client, authenticator)
    assert guest.post(link_for_sato, data=CHOSEN).status_code == 303
    assert not is_signed_in(sato.client)
    assert sign_in(sato.client, authenticator).status_code == 401
    old = {"sign_in": "sato", "password": cast.town.person("counsellor").password}
    assert sato.client.post("/sign-in", data=old).status_code == 401
    assert is_signed_in(guest)


def test_until_it_is_used_an_invitation_takes_nothing_away(cast: Cast, link_for_sato: str) -> None:
    assert is_signed_in(cast.staff("counsellor").client)


@pytest.mark.parametrize("secret", ["x", "%00", "あ", "a" * 500])
def test_a_made_up_link_is_not_found(guest: TestClient, secret: str) -> None:
    answer = guest.get(f"/invitations/{secret}")
    assert answer.status_code == 404
    assert "新しい招待を頼んでください" in answer.text


def test_the_secret_is_not_in_the_database(app: FastAPI, link: str, session: Session) -> None:
    kept = session.exec(select(Invitation)).one()
    assert link.rsplit("/", 1)[1] not in repr(kept)
