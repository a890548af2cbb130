"""Whom a notification reaches is said before it is sent, by what their phone told last."""

from collections.abc import Callable

import pytest

from app.deliveries.vapid_keys import rotate_vapid_key
from tests.browser.rig.push_service import PushService
from tests.browser.rig.vapid import decoded
from tests.cast import Cast, Phone
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import PushedPhone, instruct, subscriptions

Work = Callable[[], int]


@pytest.fixture
def phone(cast: Cast, push_service: PushService) -> PushedPhone:
    return PushedPhone(cast, push_service)


def tell(phone: Phone, **changes: object) -> dict[str, object]:
    told = {"permission": "granted", "platform": "android", "is_installed": False, "endpoint": None}
    answer = phone.client.put("/api/device", json=told | changes)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def composer(cast: Cast, report_id: object) -> str:
    return str(cast.staff("counsellor").get(f"/desk/reports/{report_id}/instructions/new").text)


def test_a_subscribed_phone_is_reachable_and_nothing_warns(cast: Cast, phone: PushedPhone) -> None:
    report_id = phone.report()
    assert "職場に電話してください" not in composer(cast, report_id)
    detail = cast.staff("counsellor").get(f"/desk/reports/{report_id}").text
    assert "通知が届きます" in detail
    assert "最後の通信" in detail


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"permission": "denied"}, "端末で通知が許可されていません"),
        ({"permission": "default"}, "通知の登録がありません"),
        ({"permission": "unsupported"}, "この端末のブラウザーは通知できません"),
        (
            {"permission": "unsupported", "platform": "ios"},
            "iPhoneのホーム画面に追加されていないので",
        ),
    ],
)
def test_why_not_is_said_before_sending(cast: Cast, told: dict[str, object], words: str) -> None:
    phone = cast.phone()
    report_id = phone.report()
    tell(phone, **told)
    assert words in composer(cast, report_id)


def test_permission_taken_away_ends_the_subscription(cast: Cast, phone: PushedPhone) -> None:
    tell(phone.phone, permission="denied")
    (subscription,) = subscriptions(cast)
    assert subscription.end_reason == "denied"


def test_after_fourteen_days_of_silence_the_workplace_is_told_as_well(
    cast: Cast, phone: PushedPhone, work: Work, mail: MailRig
) -> None:
    report_id = phone.report()
    cast.clock.advance(days=15)
    assert "14日以上、端末から通信がありません" in composer(cast, report_id)
    instruct(cast, cast.staff("counsellor"), report_id, "R09")
    for _ in range(4):
        work()
        cast.clock.advance(seconds=5)
    assert len(phone.notifications()) == 1
    assert len(mail.inbox) == 1


def test_each_open_says_whether_the_subscription_is_known(cast: Cast, phone: PushedPhone) -> None:
    assert tell(phone.phone, endpoint=phone.endpoint)["is_known"] is True
    assert tell(phone.phone, endpoint="https://fcm.googleapis.com/other")["is_known"] is False
    assert tell(phone.phone)["is_known"] is False


def test_a_new_key_is_taken_up_on_the_next_open_and_the_old_one_signs_until_then(
    cast: Cast, phone: PushedPhone, work: Work, push_service: PushService
) -> None:
    """The push service is as strict as real ones: it takes only the key it was subscribed with."""
    state = cast.app.state
    with state.database.writing() as session:
        key = rotate_vapid_key(
            session, cast.town.here.network.id, state.master_key, cast.clock.now
        ).public_key
    instruct(cast, cast.staff("counsellor"), phone.report(), "R09")
    work()
    work()
    assert len(phone.notifications()) == 1
    assert tell(phone.phone, endpoint=phone.endpoint) == {
        "key": key, "is_known": False, "is_spent": False,
    }  # fmt: skip
    phone.endpoint = push_service.subscribe(decoded(key))
    assert phone.subscribe().status_code == 204
    assert tell(phone.phone, endpoint=phone.endpoint)["is_known"] is True
    instruct(cast, cast.staff("counsellor"), phone.report(), "R09")
    work()
    work()
    assert len(phone.notifications()) == 1


def test_a_subscription_that_its_push_service_gave_up_is_to_be_thrown_away(
    cast: Cast, phone: PushedPhone, work: Work, push_service: PushService
) -> None:
    assert tell(phone.phone, endpoint=phone.endpoint)["is_spent"] is False
    push_service.forget()
    instruct(cast, cast.staff("counsellor"), phone.report(), "R09")
    work()
    work()
    (subscription,) = subscriptions(cast)
    assert subscription.end_reason == "gone"
    told = tell(phone.phone, endpoint=phone.endpoint)
    assert (told["is_known"], told["is_spent"]) == (False, True)
    assert tell(phone.phone)["is_spent"] is False
    other = cast.phone(place=1)
    other.pair()
    assert tell(other, endpoint=phone.endpoint)["is_spent"] is False


def test_one_that_its_owner_stopped_may_be_used_again(cast: Cast, phone: PushedPhone) -> None:
    tell(phone.phone, permission="denied")
    assert tell(phone.phone, endpoint=phone.endpoint)["is_spent"] is False


@pytest.mark.parametrize(
    "changes",
    [
        {"permission": "maybe"},
        {"platform": "windows phone"},
        {"is_installed": "perhaps"},
        {"endpoint": "x" * 801},
        {"more": 1},
    ],
)
def test_nonsense_changes_nothing(cast: Cast, phone: PushedPhone, changes: dict) -> None:
    told = {"permission": "denied", "platform": "ios", "is_installed": True, "endpoint": None}
    assert phone.phone.client.put("/api/device", json=told | changes).status_code == 422
    assert subscriptions(cast)[0].ended_at is None
