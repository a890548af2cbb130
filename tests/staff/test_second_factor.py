import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pyotp
import pytest
from fastapi.testclient import TestClient

from tests.cast import Cast, Desk
from tests.staff.passkeys import is_signed_in
from tests.towns import StandingClock, Town


@dataclass
class App:
    """An authenticator app that read the picture."""

    secret: str
    sealed: str
    clock: StandingClock

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now + timedelta(seconds=30 * steps))


def read_by_app(desk: Desk, clock: StandingClock) -> App:
    page = desk.get("/account/totp").text
    secret = re.findall(r'<code id="secret">([A-Z2-7 ]+)</code>', page)[0]
    return App(secret.replace(" ", ""), re.findall(r'name="sealed" value="(.*?)"', page)[0], clock)


def confirm(desk: Desk, app: App, code: str) -> int:
    answer = desk.post("/account/totp/confirmation", sealed=app.sealed, code=code)
    return int(answer.status_code)


@pytest.fixture
def app_of_sato(sato: Desk, clock: StandingClock) -> App:
    """佐藤's second factor is on, and the code that confirmed it is past."""
    app = read_by_app(sato, clock)
    assert confirm(sato, app, app.code()) == 303
    clock.advance(seconds=60)
    return app


@pytest.fixture
def sign_in(stranger: TestClient, town: Town) -> Callable[[str], int]:
    def sign_in_with(code: str) -> int:
        person = town.person("counsellor")
        fields = {"sign_in": person.sign_in, "password": person.password, "code": code}
        return int(stranger.post("/sign-in", data=fields).status_code)

    return sign_in_with


def test_the_picture_is_dark_on_white_in_dark_mode_too(sato: Desk) -> None:
    page = unescape(sato.get("/account/totp").text)
    address = re.findall(r"data:image/svg\+xml;base64,([^\"]+)", page)[0]
    assert re.match(rb'<svg [^>]*><rect fill="white"', base64.b64decode(address))


def test_without_its_code_the_password_opens_nothing(
    app_of_sato: App, sign_in: Callable[[str], int]
) -> None:
    assert sign_in("") == 401
    assert sign_in("000000") == 401
    assert sign_in(app_of_sato.code()) == 303


def test_a_secret_counts_only_after_its_first_code(
    sato: Desk, clock: StandingClock, sign_in: Callable[[str], int]
) -> None:
    app = read_by_app(sato, clock)
    assert confirm(sato, app, "000000") == 422
    assert sign_in("") == 303


def test_a_wrong_first_code_keeps_the_same_secret(sato: Desk, clock: StandingClock) -> None:
    app = read_by_app(sato, clock)
    answer = sato.post("/account/totp/confirmation", sealed=app.sealed, code="000000")
    assert "確認コードが違います" in answer.text
    assert app.secret == re.findall(r'id="secret">([^<]+)<', answer.text)[0].replace(" ", "")
    assert confirm(sato, app, app.code()) == 303


def test_a_code_opens_the_door_once(app_of_sato: App, sign_in: Callable[[str], int]) -> None:
    code = app_of_sato.code()
    assert [sign_in(code) for _ in range(2)] == [303, 401]


def test_a_code_earlier_than_the_last_one_is_refused(
    app_of_sato: App, sign_in: Callable[[str], int]
) -> None:
    later, earlier = app_of_sato.code(1), app_of_sato.code(0)
    assert [sign_in(code) for code in (later, earlier)] == [303, 401]


def test_the_code_that_confirmed_is_used_up(
    sato: Desk, clock: StandingClock, sign_in: Callable[[str], int]
) -> None:
    app = read_by_app(sato, clock)
    code = app.code()
    confirm(sato, app, code)
    assert sign_in(code) == 401
    clock.advance(seconds=30)
    assert sign_in(app.code()) == 303


def test_a_code_with_a_wrong_password_is_not_used_up(
    app_of_sato: App, stranger: TestClient, sign_in: Callable[[str], int]
) -> None:
    code = app_of_sato.code()
    stranger.post("/sign-in", data={"sign_in": "sato", "password": "違う", "code": code})
    assert sign_in(code) == 303


def test_a_set_up_ends_in_the_session_that_began_it(
    cast: Cast, sato: Desk, clock: StandingClock
) -> None:
    app = read_by_app(sato, clock)
    for other in (cast.staff("counsellor"), cast.staff("counsellor", 1), cast.stranger("clerk")):
        assert confirm(other, app, app.code()) == 422


@pytest.mark.parametrize("sealed", ["", "あ", "AAAA", "A" * 80])
def test_a_made_up_secret_is_refused(sato: Desk, clock: StandingClock, sealed: str) -> None:
    app = App("JBSWY3DPEHPK3PXP" * 2, sealed, clock)
    assert confirm(sato, app, app.code()) == 422


def test_a_second_secret_does_not_replace_the_first(
    sato: Desk, clock: StandingClock, sign_in: Callable[[str], int]
) -> None:
    first, second = read_by_app(sato, clock), read_by_app(sato, clock)
    assert confirm(sato, first, first.code()) == 303
    assert confirm(sato, second, second.code()) == 409
    assert sato.get("/account/totp").status_code == 409
    clock.advance(seconds=60)
    assert sign_in(first.code()) == 303


def test_taking_it_off_needs_the_password(
    sato: Desk, app_of_sato: App, town: Town, sign_in: Callable[[str], int]
) -> None:
    wrong = "長くても違うパスワードでは外せない"
    assert sato.post("/account/totp/removal", password=wrong).status_code == 422
    assert sign_in("") == 401
    right = town.person("counsellor").password
    assert sato.post("/account/totp/removal", password=right).status_code == 303
    assert sign_in("") == 303


def test_a_short_password_can_not_be_left_alone(sato: Desk, app_of_sato: App, town: Town) -> None:
    short = "港に船が三そう。"
    fields = {"password": town.person("counsellor").password, "new_password": short, "again": short}
    assert sato.post("/account/password", **fields).status_code == 303
    answer = sato.post("/account/totp/removal", password=short)
    assert answer.status_code == 422
    assert "15文字以上に変えてください" in answer.text


def test_it_is_audited(
    sato: Desk, app_of_sato: App, town: Town, noted: Callable[[], list[str]]
) -> None:
    sato.post("/account/totp/removal", password=town.person("counsellor").password)
    assert noted()[-2:] == ["staff.totp_on", "staff.totp_off"]
    assert is_signed_in(sato.client)
