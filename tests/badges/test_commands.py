"""Pairing: the workplace's code opens the inbox, and never stands in the way of a report."""

import pytest
from sqlmodel import Session, select

from app.badges.commands import PHONES_PER_BADGE
from app.badges.models import Device, Pairing
from app.reports.models import Report
from tests.badges.records import ask_for_workplace_code, badge_id, workplace_code
from tests.cast import Cast, Phone


@pytest.fixture
def phone(cast: Cast) -> Phone:
    """A phone in a network that asks for the workplace's code."""
    ask_for_workplace_code(cast.app, cast.town)
    return cast.phone()


def test_the_right_code_opens_the_inbox(phone: Phone, cast: Cast) -> None:
    code = workplace_code(cast.app, phone.code)
    answer = phone.pair(workplace_code=f" {code.lower()} ")
    assert (answer.status_code, answer.json()) == (201, {"has_inbox": True})


def test_a_wrong_code_is_told_and_pairs_nothing(phone: Phone, session: Session) -> None:
    answer = phone.pair(workplace_code="WRONG2")
    assert answer.status_code == 422
    assert "職場の番号が違います" in answer.json()["title"]
    assert "set-cookie" not in answer.headers
    assert session.exec(select(Pairing)).all() == []


def test_without_a_code_the_phone_reports_but_gets_no_inbox(phone: Phone, cast: Cast) -> None:
    assert phone.pair().json() == {"has_inbox": False}
    envelope = phone.envelope()
    assert phone.put(envelope).status_code == 201
    assert phone.see(envelope["report_id"])
    assert "職場の番号で登録" in phone.client.get("/").text


def test_the_desk_is_told_that_the_phone_is_not_registered(phone: Phone, session: Session) -> None:
    phone.report()
    assert session.exec(select(Report)).one().flags == ["unregistered"]


def test_the_code_can_be_given_later_and_is_not_asked_for_again(phone: Phone, cast: Cast) -> None:
    phone.pair()
    code = workplace_code(cast.app, phone.code)
    assert phone.pair(workplace_code=code).json() == {"has_inbox": True}
    assert phone.pair().json() == {"has_inbox": True}


def test_the_code_of_another_workplace_does_not_open_this_one(phone: Phone, cast: Cast) -> None:
    other = workplace_code(cast.app, cast.town.code("finance"))
    assert phone.pair(workplace_code=other).status_code == 422


def test_a_badge_has_no_more_inboxes_than_agreed_but_all_phones_report(cast: Cast) -> None:
    phones = [cast.phone() for _ in range(PHONES_PER_BADGE + 1)]
    has_inbox = [phone.pair().json()["has_inbox"] for phone in phones]
    assert has_inbox == [True] * PHONES_PER_BADGE + [False]
    assert phones[-1].put(phones[-1].envelope()).status_code == 201


def test_a_phone_that_pairs_again_stays_one_phone(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.pair(call_name="山田")
    cast.clock.advance(days=1)
    phone.pair()
    assert len(session.exec(select(Device)).all()) == 1
    pairing = session.exec(select(Pairing)).one()
    assert (pairing.call_name, pairing.paired_at) == ("山田", cast.clock.now)


def test_a_stopped_badge_pairs_nobody_and_ends_what_was_paired(
    cast: Cast, session: Session
) -> None:
    phone, late = cast.phone(), cast.phone()
    phone.pair()
    badge = badge_id(cast.app, phone.code)
    cast.staff("clerk").post(f"/office/badges/{badge}/stop")
    assert session.exec(select(Pairing)).one().ended_at == cast.clock.now
    answer = late.pair()
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert "停止" in answer.json()["title"]


@pytest.mark.parametrize("version", [0, 2, 99])
def test_the_promise_has_to_be_given_in_its_current_version(cast: Cast, version: int) -> None:
    answer = cast.phone().pair(agreed_version=version)
    assert answer.status_code == 422
    assert "お約束" in answer.json()["title"]


def test_another_networks_phone_becomes_a_phone_of_its_own_here(
    cast: Cast, session: Session
) -> None:
    phone = cast.stranger_phone()
    phone.pair()
    phone.code = cast.town.code()
    phone.pair()
    devices = session.exec(select(Device)).all()
    assert {one.network_id for one in devices} == {
        cast.town.here.network.id,
        cast.town.neighbour.id,
    }
    assert phone.put(phone.envelope()).status_code == 201


def test_a_call_name_is_cut_to_twelve_and_holds_no_control_characters(
    cast: Cast, session: Session
) -> None:
    cast.phone().pair(call_name="早番\x00A" + "あ" * 30)
    assert session.exec(select(Pairing)).one().call_name == "早番A" + "あ" * 9
