"""What becomes of a phone that said yes, in a real Firefox: much is sent to it, it is switched off,
its line is cut, its subscription ends with or without a word, its owner takes back the yes."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

import pytest

from app.checklists.standard_set import INDUSTRIES, standard_checklist
from app.deliveries.trial import TEXTS
from app.web.text import plain
from tests.browser.push.subscribed_phone import SubscribedPhone, subscribed_phone
from tests.browser.rig.waiting import awaited

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("subscribed-phone")]

WEEKS = timedelta(weeks=3)
RARE = "髙橋﨑𠮷野家①〜🚪"


@pytest.fixture(scope="module")
def of_one_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SubscribedPhone]:
    with subscribed_phone(tmp_path_factory.mktemp("subscribed")) as phone:
        yield phone


@pytest.fixture
def phone(of_one_module: SubscribedPhone) -> SubscribedPhone:
    of_one_module.is_well()
    return of_one_module


def fifty_texts() -> list[str]:
    """Sentences of our own checklists, each with letters that not every path survives."""
    items = (item for one in INDUSTRIES for item in standard_checklist(one)["items"])
    different = dict.fromkeys(plain(item["text"]["ja"]) for item in items)
    return [f"{text}{RARE}" for text in islice(different, 50)]


def test_fifty_messages_come_once_each_and_as_written(phone: SubscribedPhone) -> None:
    texts, looks = fifty_texts(), list[list[str]]()
    before = len(phone.acknowledged())
    ids = phone.centre.send(*texts)

    def all_seen() -> bool:
        looks.append([text for text in phone.shown if text.endswith(RARE)])
        return {text for look in looks for text in look} >= {*texts}

    awaited(all_seen, 60, "fifty notifications")
    assert {text for look in looks for text in look} == {*texts}
    assert all(len(look) == len({*look}) for look in looks)
    phone.gets(ids)
    taken = phone.acknowledged()[before:]
    assert [code for _, code in taken] == [100] * 50
    assert len({*taken}) == 50


def test_a_phone_switched_on_again_shows_what_is_still_worth_it(phone: SubscribedPhone) -> None:
    report, sent, taken = phone.report(), len(phone.service.log), len(phone.acknowledged())
    phone.service.offline(True)
    phone.desk.instruct(report, "R07")
    (twice,) = phone.centre.send("古いことば", life=WEEKS)
    phone.waits_for("accepted", [twice])
    phone.centre.send_again(twice, "新しいことば")
    (kept,) = phone.centre.send("電源を入れたら届く", life=WEEKS)
    phone.waits_for("accepted", [kept])
    awaited(lambda: len(phone.service.log) == sent + 4, 30, "all four to be sent")
    instruction = phone.service.log[-1]
    phone.service.pass_time(int(instruction.headers["TTL"]) + 1)

    phone.service.offline(False)
    phone.gets([twice, kept])
    phone.shows("電源を入れたら届く")
    assert sorted(phone.shown) == ["新しいことば", "電源を入れたら届く"]
    assert len(phone.acknowledged()) == taken + 2
    assert phone.desk.proof(report, "送信済み(端末未確認)")
    assert phone.desk.proof(report, "端末に届いた") == ""


def test_what_is_sent_while_the_line_is_cut_comes_after_it_is_back(phone: SubscribedPhone) -> None:
    phone.service.drop()
    phone.gets(phone.centre.send("線が切れているあいだに送った"))


def test_a_phone_that_hears_of_the_end_subscribes_anew_by_itself(phone: SubscribedPhone) -> None:
    report, old = phone.report(), phone.centre.endpoint
    phone.firefox.leave_site()
    phone.service.drop(new_uaid=True)
    awaited(lambda: phone.service.knows(phone.centre.endpoint), 20, "a subscription that stands")
    assert phone.centre.endpoint != old
    phone.desk.instruct(report, "R05")
    awaited(lambda: phone.desk.proof(report, "端末に届いた"), 30, "the receipt at the desk")
    assert phone.service.log[-1].path == phone.centre.endpoint.removeprefix(phone.service.origin)


def test_a_phone_that_hears_nothing_of_it_does_so_when_opened(phone: SubscribedPhone) -> None:
    report = phone.report()
    phone.firefox.leave_site()
    phone.service.forget()
    phone.centre.send("だれにも届かない")
    awaited(lambda: not phone.centre.endpoint, 20, "the end to be known")
    assert "通知の登録がありません" in phone.desk.composer(report)
    phone.open()
    awaited(lambda: phone.service.knows(phone.centre.endpoint), 20, "a subscription that stands")
    phone.gets(phone.centre.send("新しい宛先に送った"))


def test_a_phone_that_lost_its_subscription_does_so_as_well(phone: SubscribedPhone) -> None:
    old = phone.centre.endpoint
    phone.firefox.evaluate(
        "navigator.serviceWorker.ready.then(({ pushManager }) => pushManager.getSubscription())"
        ".then(subscription => subscription.unsubscribe())"
    )
    awaited(lambda: not phone.service.knows(old), 10, "the push service to hear")
    phone.open()
    awaited(lambda: phone.service.knows(phone.centre.endpoint), 20, "a subscription that stands")
    phone.gets(phone.centre.send("なくした登録のあとに送った"))


def test_a_registered_phone_is_tried_and_registered_again_on_one_page(
    phone: SubscribedPhone,
) -> None:
    old, page = phone.centre.endpoint, phone.firefox
    phone.open("/notifications")
    page.click("footer .btn.pri")
    phone.shows(TEXTS["ja"]["body"])
    page.wait_for("document.getElementById('trial').innerText.includes('この端末に届きました')", 20)
    page.click("#allow")
    awaited(lambda: phone.centre.endpoint not in {"", old}, 20, "another subscription")
    assert not phone.service.knows(old)
    page.wait_for("document.readyState === 'complete' && !allow.hidden")
    phone.gets(phone.centre.send("登録し直してから送った"))


def test_who_takes_back_the_yes_is_known_before_anything_is_sent(phone: SubscribedPhone) -> None:
    report = phone.report()
    phone.firefox.set_permission(phone.server.base, "denied")
    phone.open()
    denied = "端末で通知が許可されていません"
    awaited(lambda: denied in phone.desk.composer(report), 20, "the warning at the desk")
    assert phone.centre.endpoint == ""
    phone.open("/notifications")
    phone.firefox.wait_for("document.querySelector('[data-state=denied]').checkVisibility()")
    phone.is_well()
    assert denied not in phone.desk.composer(report)
