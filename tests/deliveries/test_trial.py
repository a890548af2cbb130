"""試しの通知: only the phone's own receipt proves that pushes arrive, and hands the badge over."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.badges.models import Badge
from app.badges.queries import find_badge
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.phones import PushedPhone, messages

Work = Callable[[], int]


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


def the_badge(session: Session, phone: PushedPhone) -> Badge:
    session.rollback()
    badge = find_badge(session, phone.phone.code)
    assert badge
    return badge


def ask(phone: PushedPhone) -> int:
    return int(phone.phone.client.post("/notifications/trial").status_code)


def page(phone: PushedPhone) -> str:
    return str(phone.phone.client.get("/notifications").text)


def test_a_registered_phone_is_offered_the_trial_first_and_a_new_start_quietly(
    phone: PushedPhone, cast: Cast
) -> None:
    registered = page(phone)
    assert "この端末は登録済みです" in registered
    assert "通知を受け取る" not in registered
    (first,) = re.findall(r'<button class="btn pri"[^>]*>.*?</button>', registered)
    assert "試しの通知を送る" in first
    assert '<button class="btn txt" type="button" id="allow" hidden>' in registered
    assert "通知が届くか確かめる" in phone.phone.client.get("/").text
    other = cast.phone(place=1)
    other.pair()
    assert "通知が届くか確かめる" not in other.client.get("/").text
    without = other.client.get("/notifications").text
    assert "登録済み" not in without
    assert "試しの通知" not in without
    assert '<button class="btn pri" type="button" id="allow" hidden>' in without


def test_a_badge_is_handed_over_when_the_trial_arrived_and_not_before(
    phone: PushedPhone, work: Work, session: Session, cast: Cast
) -> None:
    assert ask(phone) == 303
    work()
    (shown,) = phone.notifications()
    assert shown["body"] == "試しの通知です。この端末に届きました。"
    assert "送りました。届くと、ここが変わります" in page(phone)
    assert the_badge(session, phone).handed_over_at is None
    cast.clock.advance(seconds=3)
    assert phone.receipt(messages(cast)[0].id).status_code == 204
    badge = the_badge(session, phone)
    assert (badge.handed_over_at, badge.handed_over_as) == (cast.clock.now, "push")
    assert "この端末に届きました(きょう 14:05)" in page(phone)
    clerk = cast.staff("clerk").get(f"/office/badges/{badge.id}").text
    assert "引渡し済み" in clerk
    assert "試しの通知が届いた" in clerk


def test_one_that_never_arrives_is_not_waited_for_for_ever(
    phone: PushedPhone, work: Work, cast: Cast
) -> None:
    ask(phone)
    work()
    cast.clock.advance(minutes=9)
    assert "data-awaits" in page(phone)
    cast.clock.advance(minutes=1)
    assert "data-awaits" not in page(phone)
    assert "この端末に届きました" not in page(phone)


def test_pressing_again_and_again_sends_one(phone: PushedPhone, work: Work, cast: Cast) -> None:
    for _ in range(5):
        assert ask(phone) == 303
    work()
    assert len(phone.notifications()) == 1
    cast.clock.advance(seconds=20)
    ask(phone)
    work()
    assert len(phone.notifications()) == 2


def test_without_a_subscription_it_is_refused_in_words(cast: Cast) -> None:
    phone = cast.phone()
    phone.pair()
    answer = phone.client.post("/notifications/trial")
    assert answer.status_code == 409
    assert "先に「通知を受け取る」を押して" in answer.text


def test_the_receipt_of_an_instruction_hands_nothing_over(
    phone: PushedPhone, work: Work, session: Session, cast: Cast
) -> None:
    desk, report_id = cast.staff("counsellor"), phone.report()
    desk.instruct(report_id)
    cast.clock.advance(seconds=10)
    work()
    phone.receipt(messages(cast)[0].id)
    assert the_badge(session, phone).handed_over_at is None


def test_a_holder_without_a_phone_is_recorded_and_a_push_is_better_evidence(
    phone: PushedPhone, work: Work, session: Session, cast: Cast
) -> None:
    badge, clerk = the_badge(session, phone), cast.staff("clerk")
    session.rollback()
    assert clerk.post(f"/office/badges/{badge.id}/hand-over").status_code == 303
    first = the_badge(session, phone).handed_over_at
    assert "スマートフォンなし" in clerk.get(f"/office/badges/{badge.id}").text
    session.rollback()
    cast.clock.advance(hours=1)
    clerk.post(f"/office/badges/{badge.id}/hand-over")
    assert the_badge(session, phone).handed_over_at == first
    session.rollback()
    ask(phone)
    work()
    phone.receipt(messages(cast)[0].id)
    assert the_badge(session, phone).handed_over_as == "push"
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("badge.hand_over") == 2


def test_a_stopped_badge_cannot_be_handed_over(
    phone: PushedPhone, session: Session, cast: Cast
) -> None:
    badge, clerk = the_badge(session, phone), cast.staff("clerk")
    session.rollback()
    clerk.post(f"/office/badges/{badge.id}/stop")
    assert clerk.post(f"/office/badges/{badge.id}/hand-over").status_code == 409
