import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from app.staff.passkeys import RelyingParty, relying_party
from tests.cast import Cast, Desk
from tests.staff.authenticator import Authenticator
from tests.staff.passkeys import is_signed_in, register, sign_in, the_passkey

ELSEWHERE = "https://nafuda.example.net"


def test_a_new_passkey_must_be_one_that_is_found_without_a_name(
    sato: Desk, key: Authenticator
) -> None:
    options = sato.post("/account/passkeys/options").json()
    wishes = options["authenticatorSelection"]
    assert (wishes["residentKey"], wishes["userVerification"]) == ("required", "preferred")
    assert (options["rp"]["id"], options["user"]["name"]) == ("localhost", "sato")
    assert len(options["excludeCredentials"]) == 1


@pytest.mark.parametrize(
    ("base_url", "party"),
    [
        ("http://localhost:8000", RelyingParty("localhost", "http://localhost:8000")),
        ("https://N.example.jp", RelyingParty("n.example.jp", "https://n.example.jp")),
        ("https://n.example.jp:443", RelyingParty("n.example.jp", "https://n.example.jp")),
        ("https://n.example.jp:8443", RelyingParty("n.example.jp", "https://n.example.jp:8443")),
    ],
)
def test_the_site_is_named_as_browsers_name_it(base_url: str, party: RelyingParty) -> None:
    assert relying_party(base_url) == party


def test_an_answer_given_to_another_site_is_refused(
    sato: Desk, stranger: TestClient, key: Authenticator
) -> None:
    key.origin = ELSEWHERE
    assert sign_in(stranger, key).status_code == 401
    assert not is_signed_in(stranger)
    assert register(sato.client, Authenticator(ELSEWHERE)).status_code == 422


def test_one_passkey_is_not_registered_twice(cast: Cast, sato: Desk, key: Authenticator) -> None:
    assert register(sato.client, key).status_code == 409
    assert register(cast.staff("counsellor", 1).client, key).status_code == 409


def test_a_passkey_with_too_long_a_name_is_refused(sato: Desk) -> None:
    authenticator = Authenticator()
    authenticator.id = bytes(400)
    assert register(sato.client, authenticator).status_code == 422


@pytest.mark.parametrize(
    "credential", ["{}", "[]", "null", '{"id": "あ"}', '{"rawId": 1}', "[" * 19_000, "9" * 5000]
)
def test_nonsense_is_refused(sato: Desk, stranger: TestClient, credential: str) -> None:
    stranger.post("/sign-in/passkey/options")
    assert stranger.post("/sign-in/passkey", data={"credential": credential}).status_code == 401
    sato.post("/account/passkeys/options")
    assert sato.post("/account/passkeys", credential=credential).status_code == 422


def test_several_passkeys_have_names_and_dates(sato: Desk, key: Authenticator) -> None:
    register(sato.client, Authenticator(), label="")
    page = sato.get("/account").text
    assert re.findall(r'name="label" maxlength="40" value="([^"]*)"', page) == ["窓口のPC", ""]
    assert page.count("登録 きょう 14:05") == 2


def test_without_a_name_a_passkey_is_called_after_its_browser(sato: Desk) -> None:
    sato.client.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Chrome/131 Edg/131"
    register(sato.client, Authenticator(), label=" ")
    assert 'value="Edge・Windows"' in sato.get("/account").text


def test_a_passkey_is_renamed(sato: Desk, key: Authenticator, session: Session) -> None:
    answer = sato.post(f"/account/passkeys/{the_passkey(session).id}/label", label=" 予備\x00の鍵 ")
    assert answer.status_code == 303
    assert the_passkey(session).label == "予備の鍵"


def test_a_removed_passkey_opens_nothing(
    sato: Desk, stranger: TestClient, key: Authenticator, session: Session
) -> None:
    sato.post(f"/account/passkeys/{the_passkey(session).id}/removal")
    assert "まだ登録していません" in sato.get("/account").text
    assert sign_in(stranger, key).status_code == 401


@pytest.mark.parametrize("change_made", [("label", {"label": "私の"}), ("removal", {})])
def test_somebody_elses_passkey_is_not_found(
    cast: Cast, key: Authenticator, session: Session, change_made: tuple[str, dict[str, Any]]
) -> None:
    name, fields = change_made
    path = f"/account/passkeys/{the_passkey(session).id}/{name}"
    for other in (cast.staff("counsellor", 1), cast.staff("clerk"), cast.stranger("counsellor")):
        assert other.post(path, **fields).status_code == 404
    assert the_passkey(session).label == "窓口のPC"


def test_the_last_passkey_of_somebody_without_a_password_stays(
    sato: Desk, key: Authenticator, session: Session, change: Callable[..., None]
) -> None:
    change("sato", password_hash=None)
    path = f"/account/passkeys/{the_passkey(session).id}/removal"
    answer = sato.post(path)
    assert answer.status_code == 409
    assert "最後のパスキーは消せません" in answer.text
    register(sato.client, Authenticator())
    assert sato.post(path).status_code == 303


def test_strangers_get_no_registration(stranger: TestClient) -> None:
    asked = stranger.post("/account/passkeys/options", headers={"Accept": "application/json"})
    assert asked.status_code == 401
    assert stranger.post("/account/passkeys", data={"credential": "{}"}).status_code == 401


def test_every_change_is_audited(
    sato: Desk, key: Authenticator, session: Session, noted: Callable[[], list[str]]
) -> None:
    path = f"/account/passkeys/{the_passkey(session).id}"
    sato.post(f"{path}/label", label="別の名前")
    sato.post(f"{path}/removal")
    assert noted()[-3:] == ["staff.passkey_add", "staff.passkey_rename", "staff.passkey_remove"]
