"""Whatever stands behind /b/: unknown, misspelt and stopped codes get a designed answer."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.badges.models import Pairing
from tests.badges.records import ask_for_workplace_code, badge_id, workplace_code
from tests.cast import Cast
from tests.towns import StandingClock

UNKNOWN, MISSPELT = "22222222222", "7K3F"
JSON = {"accept": "application/json"}
ADDRESSES = (
    ("GET", "/B/{code}"),
    ("GET", "/b/{code}"),
    ("GET", "/b/{code}/pairing"),
    ("POST", "/b/{code}/pairing"),
    ("POST", "/b/{code}/reports"),
    ("POST", "/b/{code}/checklist"),
    ("GET", "/B/{code}/more"),
    ("GET", "/B/{code}/guidance/CV-01"),
    ("GET", "/B/{code}/screens/stop_atm"),
)
each_address = pytest.mark.parametrize(("method", "address"), ADDRESSES)
each_code = pytest.mark.parametrize("code", [UNKNOWN, MISSPELT])


@each_address
@each_code
def test_an_unknown_code_is_a_page_that_helps(
    client: TestClient, method: str, address: str, code: str
) -> None:
    answer = client.request(method, address.format(code=code))
    assert answer.status_code == 404
    assert "名札を確認できません" in answer.text
    assert "読み取れないとき" in answer.text
    assert "tel:110" in answer.text


@each_address
@each_code
def test_an_unknown_code_is_a_problem_for_a_script(
    client: TestClient, method: str, address: str, code: str
) -> None:
    answer = client.request(method, address.format(code=code), headers=JSON)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-found"
    assert code not in answer.text


@pytest.mark.parametrize("spell", [str.upper, str.lower, str.title, lambda c: f"{c[:4]}-{c[4:]}"])
def test_a_code_is_the_same_in_any_spelling(cast: Cast, spell: Any) -> None:
    code = spell(cast.town.code())
    phone = cast.phone()
    assert phone.client.get(f"/b/{code}").status_code == 200
    phone.code = code
    assert phone.pair().status_code == 201


def stop(cast: Cast) -> str:
    code = cast.town.code()
    cast.staff("clerk").post(f"/office/badges/{badge_id(cast.app, code)}/stop")
    return code


def test_a_stopped_badge_says_so_and_whom_to_tell(cast: Cast) -> None:
    code = stop(cast)
    client = cast.phone().client
    for answer in (
        client.get(f"/B/{code}"),
        client.post(f"/b/{code}/pairing", data={"agreed_version": 1}),
    ):
        assert answer.status_code == 409
        assert "この名札は使えません" in answer.text
        assert "事務局" in answer.text
    problem = client.get(f"/B/{code}", headers=JSON).json()
    assert (problem["status"], problem["type"]) == (409, "/problems/conflict")


def test_the_pairing_form_works_without_a_script(cast: Cast) -> None:
    phone = cast.phone()
    page = phone.client.get(f"/b/{phone.code}/pairing").text
    assert 'name="agreed_version"' in page
    assert 'name="workplace_code"' not in page
    answer = phone.client.post(
        f"/b/{phone.code}/pairing", data={"agreed_version": "1", "call_name": "早番A"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert 'value="早番A"' in phone.client.get(f"/b/{phone.code}/pairing").text
    assert "わたしの報告" in phone.client.get("/").text


def test_the_workplace_code_is_asked_for_only_where_the_network_wants_it(cast: Cast) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    phone = cast.phone()
    assert 'name="workplace_code"' in phone.client.get(f"/b/{phone.code}/pairing").text


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"\xff", b'{"agreed_version":"x"}', b'{"agreed_version":1e99}',
     b'{"agreed_version":1,"call_name":5}', b'{"agreed_version":1,"call_name":"\\ud800"}'],
)  # fmt: skip
def test_what_is_no_pairing_is_a_problem_and_pairs_nothing(
    cast: Cast, session: Session, body: bytes
) -> None:
    answer = cast.phone().client.post(
        f"/b/{cast.town.code()}/pairing", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert session.exec(select(Pairing)).all() == []


def test_a_workplaces_code_cannot_be_found_by_trying(cast: Cast, clock: StandingClock) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    phone = cast.phone()
    right = workplace_code(cast.app, phone.code)
    assert [phone.pair(workplace_code=f"WRON{n}").status_code for n in range(10)] == [422] * 10
    for typed in (right, "WRONG1"):
        assert phone.pair(workplace_code=typed).status_code == 429
    assert cast.phone("finance").pair(workplace_code="WRONG1").status_code == 422
    assert phone.pair().json() == {"has_inbox": False}, "reporting never needed it"
    clock.advance(minutes=61)
    assert phone.pair(workplace_code=right).json() == {"has_inbox": True}
