"""What the sender reads is what the server can prove; outside opening hours, whom to call now."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.clock import TOKYO
from app.reports.models import Report
from tests.cast import Cast, Phone


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return cast.phone()


def state_at_home(phone: Phone) -> str:
    states = ("送信済み", "受付済み", "指示あり", "了解済み", "対応済み")
    page = phone.client.get("/").text.split("わたしの報告")[1]
    return next(state for state in states if state in page)


def test_a_report_comes_as_far_as_is_proven(
    cast: Cast, phone: Phone, work: Callable[[], int]
) -> None:
    report_id, desk = phone.report(), cast.staff("counsellor")
    seen = [state_at_home(phone)]
    desk.post(f"/desk/reports/{report_id}/claim")
    seen.append(state_at_home(phone))
    instruction_id = desk.instruct(report_id)
    seen.append(state_at_home(phone))
    cast.clock.advance(seconds=10)
    seen.append(state_at_home(phone))
    phone.client.post(f"/instructions/{instruction_id}/acknowledgement")
    seen.append(state_at_home(phone))
    desk.post(f"/desk/reports/{report_id}/closure", template="R18", outcome="informed")
    seen.append(state_at_home(phone))
    cast.clock.advance(seconds=10)
    seen.append(state_at_home(phone))
    assert seen == [
        "送信済み",
        "受付済み",
        "受付済み",
        "指示あり",
        "了解済み",
        "了解済み",
        "対応済み",
    ]


def test_giving_a_report_back_is_not_hidden_from_its_sender(cast: Cast, phone: Phone) -> None:
    report_id, desk = phone.report(), cast.staff("counsellor")
    desk.post(f"/desk/reports/{report_id}/claim")
    desk.post(f"/desk/reports/{report_id}/release")
    assert state_at_home(phone) == "送信済み"
    assert "まだです" in phone.see(report_id)


CLOSED = [
    ("2026-09-24 16:30", "9/25 09:00"),
    ("2026-09-24 22:15", "9/25 09:00"),
    ("2026-09-26 11:00", "9/28 09:00"),
    ("2026-09-22 11:00", "9/24 09:00"),
    ("2026-12-30 11:00", "1/4 09:00"),
]


@pytest.mark.parametrize(("now", "opens"), CLOSED)
def test_a_closed_centre_says_at_once_whom_to_call_and_when_it_opens(
    cast: Cast, phone: Phone, session: Session, now: str, opens: str
) -> None:
    cast.clock.now = datetime.fromisoformat(now).replace(tzinfo=TOKYO)
    page = phone.see(phone.report())
    assert "いまは閉まっています" in page
    assert f"次に開くのは {opens} です" in page
    for number in ("tel:110", "tel:119"):
        assert number in page
    assert not session.exec(select(Report)).one().received_open


@pytest.mark.parametrize("language", ["easy", "en"])
def test_a_closed_centre_says_so_in_every_language(cast: Cast, phone: Phone, language: str) -> None:
    cast.clock.now = datetime(2026, 12, 30, 11, 0, tzinfo=TOKYO)
    page = phone.see(phone.report(), params={"lang": language})
    assert "1/4 09:00" in page
    assert "{{" not in page


def test_an_open_centre_says_that_it_arrived_and_no_more(cast: Cast, phone: Phone) -> None:
    page = phone.see(phone.report())
    assert "センターに届きました" in page
    assert "いまは閉まっています" not in page
    assert "次に開くのは" not in page


def test_opening_time_ends_the_notice_that_it_is_closed(cast: Cast, phone: Phone) -> None:
    cast.clock.now = datetime(2026, 9, 25, 8, 59, tzinfo=TOKYO)
    report_id = phone.report()
    assert "いまは閉まっています" in phone.see(report_id)
    cast.clock.advance(minutes=1)
    assert "いまは閉まっています" not in phone.see(report_id)


def test_who_stands_beside_the_customer_can_phone_with_the_number(cast: Cast, phone: Phone) -> None:
    here = phone.see(phone.report(answers={"still_here": "yes"}))
    gone = phone.see(phone.report(answers={"still_here": "no"}))
    assert "「K-0001の件」と言えば通じます" in here
    assert "お客様が目の前にいるとき" not in gone


def test_the_newest_instruction_is_the_one_to_answer(cast: Cast, phone: Phone) -> None:
    report_id, desk = phone.report(), cast.staff("counsellor")
    first = desk.instruct(report_id, "R02")
    cast.clock.advance(seconds=20)
    second = desk.instruct(report_id, "R05")
    cast.clock.advance(seconds=20)
    page = phone.see(report_id)
    assert f'data-instruction="{second}"' in page
    assert f"/instructions/{first}/acknowledgement" not in page


def test_the_waiting_screen_refreshes_one_part_and_knows_when_it_changed(
    cast: Cast, phone: Phone
) -> None:
    report_id, desk = phone.report(), cast.staff("counsellor")
    desk.post(f"/desk/reports/{report_id}/claim")
    before = phone.see(report_id, headers={"HX-Request": "true"})
    desk.instruct(report_id)
    assert version(phone, report_id) == version_in(before)
    cast.clock.advance(seconds=10)
    assert version(phone, report_id) != version_in(before)
    assert "<html" not in before


def version(phone: Phone, report_id: UUID) -> str:
    return version_in(phone.see(report_id))


def version_in(page: str) -> str:
    return page.split('data-version="')[1].split('"')[0]
