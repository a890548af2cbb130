"""引き継ぎ番号: six digits from Safari pair the installed app, once, and can't be guessed."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.commands import PHONES_PER_BADGE
from app.badges.models import Badge, Device, HandoverNumber, HandoverTry, Pairing
from app.networks.models import Network
from tests.badges.records import ask_for_workplace_code, badge_id
from tests.cast import Cast, Phone
from tests.home.handing_over import SAFARI, ask, enter, shown

REFUSED = "番号が違うか、期限が切れています"


def test_the_number_pairs_the_installed_app_as_a_second_phone_of_the_badge(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    number = ask(safari)
    app = installed()
    answer = app.post("/handover/number", data={"number": f"{number[:3]} {number[3:]}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "わたしの報告" in app.get("/").text
    first, second = session.exec(select(Pairing).order_by(Pairing.paired_at, Pairing.id)).all()
    assert first.badge_id == second.badge_id
    assert first.device_id != second.device_id
    assert (second.has_inbox, second.call_name, second.agreed_version) == (True, "早番A", 1)


def test_every_handover_is_in_the_audit_chain(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient], session: Session
) -> None:
    enter(installed(), ask(safari))
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "pairing.hand_over")).one()
    first, second = session.exec(select(Device).order_by(Device.id)).all()
    assert entry.actor == f"phone:{second.id}"
    assert entry.details == {"how": "number", "from": str(first.id)}
    assert entry.object_id == str(badge_id(cast.app, safari.code))


def test_a_phone_without_inbox_hands_over_none(
    cast: Cast, installed: Callable[..., TestClient], session: Session
) -> None:
    ask_for_workplace_code(cast.app, cast.town)
    phone = cast.phone()
    phone.client.headers |= SAFARI
    phone.pair()
    assert enter(installed(), ask(phone)) == 303
    assert [one.has_inbox for one in session.exec(select(Pairing))] == [False, False]


def test_no_more_phones_than_a_badge_may_have_get_its_inbox(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    for _ in range(PHONES_PER_BADGE):
        assert enter(installed(), ask(safari)) == 303
    inboxes = [one.has_inbox for one in session.exec(select(Pairing))]
    assert (len(inboxes), sum(inboxes)) == (PHONES_PER_BADGE + 1, PHONES_PER_BADGE)


def test_the_number_stays_readable_until_it_ends(safari: Phone, cast: Cast) -> None:
    number = ask(safari)
    cast.clock.advance(minutes=9, seconds=59)
    assert shown(safari) == number
    cast.clock.advance(seconds=1)
    assert shown(safari) == ""


def test_the_number_ends_after_ten_minutes(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    cast.clock.advance(minutes=10)
    answer = installed().post("/handover/number", data={"number": number})
    assert answer.status_code == 422
    assert REFUSED in answer.text
    assert "set-cookie" not in answer.headers


def test_the_number_pairs_once(safari: Phone, installed: Callable[..., TestClient]) -> None:
    number = ask(safari)
    assert [enter(installed(), number) for _ in range(2)] == [303, 422]


def test_a_second_tap_in_the_same_app_is_no_error(
    safari: Phone, installed: Callable[..., TestClient], session: Session
) -> None:
    number, app = ask(safari), installed()
    assert [enter(app, number) for _ in range(2)] == [303, 303]
    assert len(session.exec(select(Pairing)).all()) == 2


def test_a_phone_has_one_number_at_a_time(
    safari: Phone, installed: Callable[..., TestClient]
) -> None:
    first, second = ask(safari), ask(safari)
    assert first != second
    assert [enter(installed(), first), enter(installed(), second)] == [422, 303]


def test_a_stopped_badge_hands_nothing_over(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    cast.staff("clerk").post(f"/office/badges/{badge_id(cast.app, safari.code)}/stop")
    assert enter(installed(), number) == 422
    assert safari.client.post("/notifications/number").status_code == 409


def test_a_revoked_phone_hands_nothing_over(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient]
) -> None:
    number = ask(safari)
    with cast.app.state.database.writing() as session:
        session.exec(select(Device)).one().revoked_at = cast.clock.now
    assert enter(installed(), number) == 422
    assert safari.client.post("/notifications/number").status_code == 401


def test_a_new_promise_has_to_be_made_by_a_person(
    safari: Phone, cast: Cast, installed: Callable[..., TestClient], session: Session
) -> None:
    number = ask(safari)
    with cast.app.state.database.writing() as writing:
        writing.get_one(Network, cast.town.here.network.id).secrecy_version = 2
    answer = installed().post("/handover/number", data={"number": number})
    assert answer.status_code == 409
    assert "お約束が新しくなりました" in answer.text
    assert len(session.exec(select(Pairing)).all()) == 1


def test_an_app_of_another_network_becomes_a_phone_of_this_one(
    safari: Phone, cast: Cast, session: Session
) -> None:
    stranger = cast.stranger_phone()
    stranger.report()
    with cast.app.state.database.writing() as writing:
        for pairing in writing.exec(select(Pairing)).all():
            if pairing.network_id != cast.town.here.network.id:
                pairing.ended_at = cast.clock.now
    assert enter(stranger.client, ask(safari)) == 303
    badge = session.exec(select(Badge).where(Badge.code == safari.code)).one()
    mine = session.exec(select(Pairing).where(Pairing.badge_id == badge.id)).all()
    assert {one.network_id for one in mine} == {badge.network_id}
    assert len(mine) == 2


def test_a_number_is_nowhere_in_the_database(safari: Phone, session: Session) -> None:
    number = ask(safari)
    row = session.exec(select(HandoverNumber)).one()
    assert number not in repr(row)
    assert number[:3] not in row.half[:3] + row.digest[:3]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２", "'; --", "-00001"])
def test_what_is_no_number_is_refused_without_being_counted(
    installed: Callable[..., TestClient], session: Session, typed: str
) -> None:
    assert enter(installed(), typed) == 422
    assert session.exec(select(HandoverTry)).all() == []


def test_full_width_digits_are_digits(safari: Phone, installed: Callable[..., TestClient]) -> None:
    wide = ask(safari).translate({n: n - ord("0") + ord("０") for n in range(48, 58)})
    assert enter(installed(), f"{wide[:3]}　{wide[3:]}") == 303


def test_looking_changes_nothing(safari: Phone, session: Session) -> None:
    for path in ("/notifications", "/notifications?app", "/"):
        assert safari.client.get(path).status_code == 200
    assert safari.client.get("/notifications/number").status_code == 405
    assert safari.client.get("/handover/number").status_code == 405
    assert session.exec(select(HandoverNumber)).all() == []


def test_only_an_iphones_browser_is_shown_how_to_install(safari: Phone, cast: Cast) -> None:
    assert "ホーム画面に追加してから" in safari.client.get("/notifications").text
    assert "このような通知が届きます" in safari.client.get("/notifications?app").text
    told = {"permission": "default", "platform": "ios", "is_installed": True, "endpoint": None}
    assert safari.client.put("/api/device", json=told).status_code == 200
    assert "このような通知が届きます" in safari.client.get("/notifications").text
    android = cast.phone("post")
    assert "引き継ぎ番号" not in android.client.get("/").text
    android.pair()
    assert "このような通知が届きます" in android.client.get("/notifications").text
