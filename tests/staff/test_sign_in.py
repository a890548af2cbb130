import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.staff.models import SignInAttempt, Staff
from tests.cast import Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import AFTERNOON, StandingClock, Town


@pytest.fixture
def password(town: Town) -> str:
    return town.person("counsellor").password


def status(client: TestClient, password: str, sign_in: str = "sato") -> int:
    answer = client.post("/sign-in", data={"sign_in": sign_in, "password": password})
    return int(answer.status_code)


def test_name_and_password_open_the_desk(stranger: TestClient, password: str) -> None:
    assert status(stranger, password, sign_in=" sato ") == 303
    assert is_signed_in(stranger)


@pytest.mark.parametrize(("sign_in", "right"), [("sato", False), ("tanaka", True), ("", True)])
def test_a_wrong_name_or_password_is_told_the_same_way(
    stranger: TestClient, password: str, sign_in: str, right: bool
) -> None:
    fields = {"sign_in": sign_in, "password": password if right else "違う"}
    answer = stranger.post("/sign-in", data=fields)
    assert answer.status_code == 401
    assert "サインイン名かパスワードが違います" in answer.text


def test_guessing_is_slowed_down_for_the_right_password_too(
    stranger: TestClient, password: str, clock: StandingClock
) -> None:
    assert [status(stranger, "違う") for _ in range(9)] == [401] * 8 + [429]
    assert status(stranger, password) == 429
    clock.advance(minutes=15)
    assert status(stranger, password) == 303


def test_the_way_in_is_noted(sato: Desk, session: Session) -> None:
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "staff.sign_in")).one()
    assert entry.details == {"how": "password"}


def test_signing_in_gives_a_session_of_its_own(stranger: TestClient, password: str) -> None:
    stranger.cookies.set("nafuda_staff", "planted by somebody else", domain="testserver.local")
    status(stranger, password)
    assert "planted by somebody else" not in stranger.cookies.values()


def test_the_page_has_room_for_a_passkey(stranger: TestClient) -> None:
    page = stranger.get("/sign-in").text
    assert '<div id="passkey" hidden>' in page
    assert "/static/built/passkey-" in page


@pytest.fixture
def guessed(app: FastAPI) -> None:
    """A stranger has tried eight passwords of everybody."""
    with app.state.database.writing() as session:
        for staff in session.exec(select(Staff)).all():
            ids = {"network_id": staff.network_id, "staff_id": staff.id}
            session.add_all([SignInAttempt(**ids, at=AFTERNOON) for _ in range(8)])


@pytest.mark.parametrize("planted", ["", "x.y", "W10.AAAA"])
def test_strangers_guesses_keep_nobody_out_of_their_own_browser(
    stranger: TestClient, sato: Desk, password: str, guessed: None, planted: str
) -> None:
    stranger.cookies.set("nafuda_browser", planted)
    assert status(stranger, password) == 429
    assert status(sato.client, "違う", "tanaka") == 429
    assert status(sato.client, password) == 303
    new = "青波の港に船が三そう入りました"
    answer = sato.post("/account/password", password=password, new_password=new, again=new)
    assert answer.status_code == 303


def test_a_known_browser_has_only_so_many_tries_of_its_own(
    stranger: TestClient, sato: Desk, password: str
) -> None:
    assert [status(sato.client, "違う") for _ in range(9)] == [401] * 8 + [429]
    assert status(stranger, password) == 303
