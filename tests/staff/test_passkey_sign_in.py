import json
import re
from collections.abc import Callable
from datetime import timedelta

from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from tests.cast import Cast
from tests.staff.authenticator import Authenticator
from tests.staff.passkeys import is_signed_in, register, sign_in, the_passkey
from tests.towns import AFTERNOON, StandingClock


def test_a_passkey_signs_in_without_a_name(stranger: TestClient, key: Authenticator) -> None:
    answer = sign_in(stranger, key)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert is_signed_in(stranger)


def test_signing_in_leads_to_where_the_person_was_going(
    stranger: TestClient, key: Authenticator
) -> None:
    answer = sign_in(stranger, key, next_path="/desk/done")
    assert answer.headers["location"] == "/desk/done"


def test_what_was_typed_before_the_session_ran_out_comes_back(
    stranger: TestClient, key: Authenticator
) -> None:
    typed = {"next_path": "/desk/done", "kept-title": "声を掛けてください"}
    answer = sign_in(stranger, key, **typed)
    assert answer.status_code == 200
    assert 'name="title" value="声を掛けてください"' in answer.text
    refused = sign_in(stranger, Authenticator(), **typed)
    assert 'name="kept-title" value="声を掛けてください"' in refused.text


def test_signing_in_offers_every_passkey_of_the_site(stranger: TestClient) -> None:
    options = stranger.post("/sign-in/passkey/options").json()
    assert (options["rpId"], options["allowCredentials"]) == ("localhost", [])


def test_a_copied_passkey_is_refused_and_noted(
    stranger: TestClient, key: Authenticator, session: Session
) -> None:
    key.sign_count = 7
    sign_in(stranger, key)
    stranger.cookies.clear()
    key.sign_count = 6
    assert sign_in(stranger, key).status_code == 401
    assert the_passkey(session).sign_count == 8
    last = session.exec(select(AuditEntry).where(AuditEntry.action == "staff.sign_in")).all()[-1]
    assert last.details == {"how": "refused"}


def test_signing_in_is_noted_with_its_time(
    stranger: TestClient, key: Authenticator, session: Session
) -> None:
    sign_in(stranger, key)
    last = session.exec(select(AuditEntry).where(AuditEntry.action == "staff.sign_in")).all()[-1]
    assert last.details == {"how": "passkey"}
    assert the_passkey(session).last_used_at == AFTERNOON + timedelta(seconds=1)


def test_a_passkey_speaks_for_its_owner_only(
    cast: Cast, stranger: TestClient, key: Authenticator
) -> None:
    tanaka = Authenticator()
    register(cast.staff("counsellor", 1).client, tanaka)
    key.user_handle = tanaka.user_handle
    assert sign_in(stranger, key).status_code == 401


def test_one_passkey_may_serve_in_two_networks_that_know_nothing_of_each_other(
    cast: Cast, stranger: TestClient, key: Authenticator, clock: StandingClock
) -> None:
    here = key.user_handle
    assert register(cast.stranger("clerk").client, key).status_code == 303
    clock.advance(seconds=1)
    assert sign_in(stranger, key).headers["location"] == "/office"
    stranger.cookies.clear()
    key.user_handle = here
    assert sign_in(stranger, key).headers["location"] == "/desk"


def test_a_name_that_no_database_takes_is_refused(stranger: TestClient, key: Authenticator) -> None:
    answer = json.loads(key.get(stranger.post("/sign-in/passkey/options").json()))
    for changes in ({"id": "\x00"}, {"id": "\ud800"}, {"rawId": "AA"}):
        sent = {"credential": json.dumps(answer | changes)}
        assert stranger.post("/sign-in/passkey", data=sent).status_code == 401


def test_a_changed_answer_is_refused(stranger: TestClient, key: Authenticator) -> None:
    credential = key.get(stranger.post("/sign-in/passkey/options").json())
    changed = re.sub(r'("signature": "....................)..', r"\1__", credential)
    assert changed != credential
    assert stranger.post("/sign-in/passkey", data={"credential": changed}).status_code == 401


def test_who_left_the_town_hall_can_not_sign_in(
    stranger: TestClient, key: Authenticator, change: Callable[..., None]
) -> None:
    change("sato", ended_at=AFTERNOON)
    assert sign_in(stranger, key).status_code == 401
