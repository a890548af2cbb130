from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.cast import Cast, Desk
from tests.staff.authenticator import Authenticator
from tests.staff.passkeys import register, sign_in
from tests.towns import StandingClock


@pytest.mark.parametrize("counts", [True, False])
def test_an_answer_signs_in_once(
    sato: Desk, stranger: TestClient, clock: StandingClock, counts: bool
) -> None:
    synced = Authenticator(counts=counts)
    register(sato.client, synced)
    clock.advance(seconds=1)
    options = stranger.post("/sign-in/passkey/options").json()
    spent = dict(stranger.cookies)
    credential = synced.get(options)
    assert stranger.post("/sign-in/passkey", data={"credential": credential}).status_code == 303
    stranger.cookies.clear()
    stranger.cookies.update(spent)
    clock.advance(seconds=1)
    assert stranger.post("/sign-in/passkey", data={"credential": credential}).status_code == 401
    stranger.cookies.update(spent)
    again = synced.get(options)
    assert stranger.post("/sign-in/passkey", data={"credential": again}).status_code == 401
    assert sign_in(stranger, synced).status_code == 303


def test_of_many_copies_of_an_answer_one_signs_in(
    app: FastAPI, sato: Desk, stranger: TestClient, clock: StandingClock
) -> None:
    synced = Authenticator(counts=False)
    register(sato.client, synced)
    clock.advance(seconds=1)
    sent = {"credential": synced.get(stranger.post("/sign-in/passkey/options").json())}
    browsers = [TestClient(app, follow_redirects=False) for _ in range(6)]
    for browser in browsers:
        browser.cookies.update(stranger.cookies)
    with ThreadPoolExecutor(len(browsers)) as pool:
        answers = pool.map(lambda one: one.post("/sign-in/passkey", data=sent), browsers)
        assert sorted(answer.status_code for answer in answers) == [303] + [401] * 5


def test_a_challenge_registers_one_passkey(sato: Desk, clock: StandingClock) -> None:
    options = sato.post("/account/passkeys/options").json()
    spent = sato.client.cookies["nafuda_challenge"]
    answers = []
    for authenticator in (Authenticator(), Authenticator()):
        sato.client.cookies.set("nafuda_challenge", spent, domain="testserver.local", path="/")
        clock.advance(seconds=1)
        answers.append(sato.post("/account/passkeys", credential=authenticator.create(options)))
    assert [answer.status_code for answer in answers] == [303, 422]


def test_a_challenge_is_forgotten_with_its_answer(stranger: TestClient, key: Authenticator) -> None:
    stranger.post("/sign-in/passkey/options")
    assert "nafuda_challenge" in stranger.cookies
    stranger.post("/sign-in/passkey", data={"credential": "{}"})
    assert "nafuda_challenge" not in stranger.cookies


@pytest.mark.parametrize(("age", "status"), [(299, 303), (300, 401)])
def test_a_challenge_holds_for_five_minutes(
    stranger: TestClient, key: Authenticator, clock: StandingClock, age: int, status: int
) -> None:
    options = stranger.post("/sign-in/passkey/options").json()
    clock.advance(seconds=age)
    answer = stranger.post("/sign-in/passkey", data={"credential": key.get(options)})
    assert answer.status_code == status


def test_a_challenge_is_for_one_purpose(sato: Desk, key: Authenticator) -> None:
    options = sato.post("/account/passkeys/options").json()
    credential = key.get({"rpId": "localhost", "challenge": options["challenge"]})
    assert sato.post("/sign-in/passkey", credential=credential).status_code == 401


def test_a_registration_ends_in_the_session_that_began_it(cast: Cast, sato: Desk) -> None:
    tanaka = cast.staff("counsellor", 1)
    credential = Authenticator().create(sato.post("/account/passkeys/options").json())
    carried = sato.client.cookies["nafuda_challenge"]
    tanaka.client.cookies.set("nafuda_challenge", carried, domain="testserver.local", path="/")
    assert tanaka.post("/account/passkeys", credential=credential).status_code == 422


def test_without_a_challenge_nothing_is_believed(
    sato: Desk, stranger: TestClient, key: Authenticator
) -> None:
    credential = key.get({"rpId": "localhost", "challenge": "AAAA"})
    assert stranger.post("/sign-in/passkey", data={"credential": credential}).status_code == 401
    stranger.cookies.set("nafuda_challenge", "WyJBQUFBIl0.forged")
    assert stranger.post("/sign-in/passkey", data={"credential": credential}).status_code == 401


@pytest.mark.parametrize(
    ("base_url", "begin", "end"),
    [
        ("http://localhost:8000", "nafuda_challenge=", "SameSite=strict"),
        ("https://n.example.jp", "__Host-nafuda_challenge=", "SameSite=strict; Secure"),
    ],
)
def test_a_challenge_is_kept_where_no_script_and_no_other_site_reaches_it(
    settings: Settings, base_url: str, begin: str, end: str
) -> None:
    app = create_app(settings.model_copy(update={"base_url": base_url}), with_worker=False)
    cookie = TestClient(app).post("/sign-in/passkey/options").headers["set-cookie"]
    app.state.database.close()
    assert cookie.startswith(begin)
    assert cookie.endswith(f"; HttpOnly; Max-Age=300; Path=/; {end}")
