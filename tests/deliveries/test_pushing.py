"""From an instruction to a notification: generic words, proven facts, the truth about failure."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.deliveries.models import OutboxItem
from tests.browser.rig.push_service import PushService
from tests.cast import Cast, Desk
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import PushedPhone, evidence, instruct, messages, subscriptions

Work = Callable[[], int]


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def push_item(session: Session) -> OutboxItem:
    session.rollback()
    return session.exec(select(OutboxItem).where(OutboxItem.kind == "push")).one()


def send(cast: Cast, phone: PushedPhone, desk: Desk, work: Work) -> None:
    """Report, instruct, and let the worker release and push."""
    instruct(cast, desk, phone.report())
    work()
    work()


def test_an_instruction_becomes_one_notification_that_can_be_read(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work
) -> None:
    report_id = phone.report()
    instruction_id = instruct(cast, desk, report_id)
    work()
    work()
    (shown,) = phone.notifications()
    assert shown["title"] == "つなぐ名札 K-0001"
    assert shown["body"] == "至急:対応のお願いが届きました"
    assert shown["navigate"] == f"http://localhost:8000/reports/{report_id}"
    assert shown["tag"] == str(instruction_id)
    assert shown["data"]["receipt"].endswith(f"/api/messages/{instruction_id}/receipts")
    assert evidence(cast) == ["accepted"]
    assert "送信済み(端末未確認)" in desk.get(f"/desk/reports/{report_id}").text


def test_a_push_holds_no_place_no_ticks_and_no_text(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work
) -> None:
    report_id = phone.report()
    fields = {"title": "青波駅前店の件", "steps": "奥の席へ案内してください", "say": "大丈夫ですよ"}
    desk.post(f"/desk/reports/{report_id}/instructions", template="R05", **fields)
    cast.clock.advance(seconds=10)
    work()
    work()
    (shown,) = phone.notifications()
    text = json.dumps(shown, ensure_ascii=False)
    badge = next(one for one in cast.town.badges if one["url"].endswith(phone.phone.code))
    for secret in (*fields.values(), *badge["workplace"].split(), badge["number"], "CV-0", "佐藤"):
        assert secret not in text
    body = phone.service.log[-1].body
    assert len(body) <= 2000 + 200


def test_the_push_is_urgent_and_lives_as_long_as_the_deadline(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work
) -> None:
    send(cast, phone, desk, work)
    headers = phone.service.log[-1].headers
    assert headers["Urgency"] == "high"
    assert headers["TTL"] == str(3 * 60 - 10)
    assert len(headers["Topic"]) == 32


def test_it_is_written_in_the_language_the_phone_was_paired_in(
    cast: Cast, push_service: PushService, desk: Desk, work: Work
) -> None:
    english = cast.phone()
    english.client.headers["accept-language"] = "en"
    phone = PushedPhone(cast, push_service, english)
    send(cast, phone, desk, work)
    assert phone.notifications()[0]["title"] == "Tsunagu Nafuda K-0001"
    assert phone.notifications()[0]["lang"] == "en"


def test_all_phones_of_the_person_are_pushed_and_nobody_elses(
    cast: Cast, phone: PushedPhone, push_service: PushService, desk: Desk, work: Work
) -> None:
    second = PushedPhone(cast, push_service)
    other = PushedPhone(cast, push_service, cast.phone("finance"))
    send(cast, phone, desk, work)
    assert len(phone.notifications()) == len(second.notifications()) == 1
    assert other.notifications() == []


def test_what_was_taken_back_is_never_pushed(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work
) -> None:
    instruction_id = desk.instruct(phone.report())
    desk.post(f"/desk/instructions/{instruction_id}/cancellation")
    cast.clock.advance(minutes=1)
    work()
    work()
    assert phone.notifications() == []


def test_a_push_that_waited_past_its_deadline_is_not_sent(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, session: Session
) -> None:
    instruct(cast, desk, phone.report())
    work()
    cast.clock.advance(minutes=3)
    work()
    assert phone.notifications() == []
    assert push_item(session).outcome == "not-needed"


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_ends_and_is_not_called_accepted(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, status: int
) -> None:
    phone.service.fail_next(status)
    send(cast, phone, desk, work)
    (subscription,) = subscriptions(cast)
    assert (subscription.ended_at, subscription.end_reason) == (cast.clock.now, "gone")
    assert evidence(cast) == []
    assert work() == 0


def test_five_failures_and_then_it_arrives(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, session: Session
) -> None:
    phone.service.fail_next(503, times=5)
    send(cast, phone, desk, work)
    for _ in range(5):
        cast.clock.now = push_item(session).due_at
        work()
    assert len(phone.notifications()) == 1
    assert (push_item(session).attempts, push_item(session).outcome) == (6, "accepted")


@pytest.mark.parametrize(("wish", "waits"), [("30", 30), ("86400", 900)])
def test_the_push_services_wish_to_wait_is_honoured(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, session: Session, wish: str, waits: int
) -> None:
    phone.service.fail_next(429, headers={"Retry-After": wish})
    send(cast, phone, desk, work)
    assert push_item(session).due_at == cast.clock.now + timedelta(seconds=waits)
    assert work() == 0


@pytest.mark.parametrize("status", [400, 401, 403])
def test_what_is_our_own_mistake_deletes_nothing(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, status: int
) -> None:
    phone.service.fail_next(status)
    send(cast, phone, desk, work)
    assert subscriptions(cast)[0].ended_at is None
    assert evidence(cast) == []


def test_a_subscription_that_is_no_longer_allowed_is_refused_when_sending(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, session: Session
) -> None:
    cast.app.state.settings.push_origins = ()
    send(cast, phone, desk, work)
    assert phone.service.log == []
    assert push_item(session).outcome == "refused"


def test_an_address_that_fails_does_not_stop_the_other_phone(
    cast: Cast, phone: PushedPhone, push_service: PushService, desk: Desk, work: Work
) -> None:
    second = PushedPhone(cast, push_service)
    phone.service.fail_next(500)
    send(cast, phone, desk, work)
    assert len(phone.notifications()) + len(second.notifications()) == 1


def test_a_phone_without_push_is_told_nothing_and_nothing_is_claimed(
    cast: Cast, desk: Desk, work: Work, push_service: PushService
) -> None:
    report_id = cast.phone().report()
    instruct(cast, desk, report_id)
    work()
    work()
    assert evidence(cast) == []
    assert push_service.log == []


def test_a_push_that_was_taken_and_not_heard_of_is_sent_again(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, mail: MailRig
) -> None:
    """The notification's tag is the same, so that it replaces the first one if that was shown."""
    send(cast, phone, desk, work)
    cast.clock.advance(seconds=60)
    while work():
        pass
    first, second = phone.notifications()
    assert first["tag"] == second["tag"]
    assert len(mail.inbox) == 1


def test_a_push_that_arrived_is_not_sent_again(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, mail: MailRig
) -> None:
    send(cast, phone, desk, work)
    phone.receipt(messages(cast)[0].id)
    cast.clock.advance(seconds=60)
    while work():
        pass
    assert len(phone.notifications()) == 1
    assert mail.inbox == []


def test_a_subscription_that_is_gone_starts_the_fallback_now(
    cast: Cast, phone: PushedPhone, desk: Desk, work: Work, mail: MailRig
) -> None:
    phone.service.fail_next(410)
    send(cast, phone, desk, work)
    cast.clock.advance(seconds=10)
    while work():
        pass
    assert len(mail.inbox) == 1
