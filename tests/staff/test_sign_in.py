import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from tests.cast import Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import StandingClock, Town


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
