"""A resident asks about a badge: standing only, and not too often."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.badges.lookups import FROM_ONE_ADDRESS, read_badge_number
from app.badges.models import Badge, NumberLookup
from app.networks.models import Network
from tests.badges.records import badge_id
from tests.cast import Cast


def ask(client: TestClient, number: str, **fields: str) -> str:
    answer = client.post("/verify", data={"number": number, **fields})
    assert answer.status_code == 200, answer.text
    return str(answer.text)


@pytest.mark.parametrize("typed", ["B-0001", "b0001", " Ｂ－０００１ ", "B−1", "B ー 0001"])
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_badge_number(typed) == "B-0001"


@pytest.mark.parametrize("typed", ["", "0001", "BB-1", "B-", "B-1234567", "\x00", "あ" * 40])
def test_what_is_no_number_is_said(client: TestClient, session: Session, typed: str) -> None:
    answer = client.post("/verify", data={"number": typed})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not session.exec(select(NumberLookup)).all()


def test_a_valid_badge_is_confirmed_without_saying_whose(client: TestClient, cast: Cast) -> None:
    page = ask(client, "B-0001")
    assert "B-0001 は有効です" in page
    assert "青波銀行" in page
    assert "青波市" in page
    assert cast.town.code("finance") not in page


def test_a_stopped_and_an_outdated_badge_are_not_valid(
    client: TestClient, cast: Cast, app: FastAPI
) -> None:
    wanted = badge_id(app, cast.town.code("finance"))
    cast.staff("clerk").post(f"/office/badges/{wanted}/stop")
    page = ask(client, "B-0001")
    assert "使えない名札です" in page
    assert cast.town.here.network.center_tel in page
    assert "青波銀行" not in page
    cast.clock.advance(days=400)
    assert "使えない名札です" in ask(client, "B-0002")


def test_an_unknown_number_is_said_to_be_unknown(client: TestClient) -> None:
    assert "B-9999 の名札はありません" in ask(client, "B-9999")


def test_who_lives_in_a_wide_area_finds_the_name_of_their_town(
    client: TestClient, cast: Cast, app: FastAPI
) -> None:
    with app.state.database.writing() as session:
        network = session.get_one(Network, cast.town.neighbour.id)
        network.kind, network.municipality = "wide_area", "北山広域"
        network.municipalities = ["北山町", "南浜町"]
    assert "<span>北山広域(北山町・南浜町)</span>" in ask(client, "A-0001")
    assert "北山広域(北山町・南浜町)" in ask(client, "A-0001", network="kitayama")


def test_the_municipality_is_asked_only_where_the_number_is_twice(client: TestClient) -> None:
    unclear = ask(client, "A-0001")
    assert "どこの名札ですか" in unclear
    assert "有効です" not in unclear
    assert "北山商店" in ask(client, "A-0001", network="kitayama")
    assert "どこの名札ですか" not in ask(client, "B-0001")
    assert "の名札はありません" in ask(client, "A-0001", network="nowhere")


def test_sweeping_through_numbers_ends_after_a_few(client: TestClient, cast: Cast) -> None:
    for value in range(FROM_ONE_ADDRESS):
        ask(client, f"B-{value:04d}")
    refused = client.post("/verify", data={"number": "B-0001"})
    assert refused.status_code == 429
    assert "有効です" not in refused.text
    cast.clock.advance(minutes=11)
    assert "有効です" in ask(client, "B-0001")


def test_looking_changes_nothing_and_no_number_is_kept(
    client: TestClient, session: Session
) -> None:
    page = client.get("/verify", params={"number": "B-0001"})
    assert 'value="B-0001"' in page.text
    assert "有効です" not in page.text
    assert not session.exec(select(NumberLookup)).all()
    ask(client, "B-0001")
    session.rollback()
    (kept,) = session.exec(select(NumberLookup)).all()
    assert "B-0001" not in repr(kept)
    assert session.exec(select(Badge).where(Badge.number == "B-0001")).one().last_used_at is None


def test_whoever_found_a_badge_is_told_whom_to_call(
    client: TestClient, cast: Cast, app: FastAPI
) -> None:
    code = cast.town.code()
    network = cast.town.here.network
    assert network.lost_tel in client.get(f"/b/{code}").text
    cast.staff("clerk").post(f"/office/badges/{badge_id(app, code)}/stop")
    found = client.get(f"/b/{code}")
    assert found.status_code == 409
    assert "名札を拾った方" in found.text
    assert network.lost_to in found.text
