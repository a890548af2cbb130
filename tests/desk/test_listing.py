"""The list by key, fifty at once, with a fixed number of queries, and the numbers of its tabs."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.desk.inbox.rows import rows_of
from app.ids import new_id
from app.reports.models import Report
from app.staff.permissions import Role
from app.web.access import StaffActor
from tests.cast import Cast, Desk
from tests.statements import counted

NOW = datetime(2026, 9, 24, 5, 5, tzinfo=UTC)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desk.inbox.listing.PAGE", 2)


def numbers(page: str) -> list[str]:
    rows = page.split('<nav class="cl"')[1].split("</nav>")[0]
    return re.findall(r'class="sm mu">(K-\d+)', rows)


def tabs(page: str) -> list[str]:
    return re.findall(r"<b>([^<]*)</b>", page.split('<nav class="fts"')[1].split("</nav>")[0])


def link(page: str, label: str) -> str:
    return re.findall(rf'href="([^"]+)"[^>]*>{label}', page)[0].replace("&amp;", "&")


def asked_for(app: FastAPI, actor: StaffActor, reports: list[Report]) -> int:
    with app.state.database.reading() as session, counted(app) as asked:
        rows_of(session, actor, reports, 99, NOW)
    return len(asked)


def test_thirty_rows_ask_no_more_than_two(
    cast: Cast, app: FastAPI, desk: Desk, session: Session
) -> None:
    for place in range(30):
        report_id = cast.phone(("conveni", "finance", "post")[place % 3]).report()
        if place % 2:
            desk.instruct(report_id)
    every = list(session.exec(select(Report)))
    assert len(every) == 30
    actor = StaffActor(
        every[0].network_id, new_id(), "佐藤", Role.COUNSELLOR, frozenset(), new_id()
    )
    assert asked_for(app, actor, every) == asked_for(app, actor, every[:2]) <= 5


def test_a_whole_list_asks_the_same_for_many_reports_as_for_few(
    cast: Cast, app: FastAPI, desk: Desk
) -> None:
    def asked() -> int:
        with counted(app) as statements:
            assert desk.get("/desk").status_code == 200
        return len(statements)

    phone = cast.phone()
    desk.instruct(phone.report())
    few = asked()
    for _ in range(12):
        phone.report()
    assert asked() == few


def test_an_open_desk_that_asks_again_takes_few_statements(
    cast: Cast, app: FastAPI, desk: Desk
) -> None:
    phone = cast.phone()
    desk.instruct(phone.report())
    phone.report()
    board = "/desk?up_to=2"
    with counted(app) as whole:
        assert desk.get(board).status_code == 200
    with counted(app) as part:
        assert desk.client.get(board, headers={"HX-Request": "true"}).status_code == 200
    assert len(part) <= 15
    assert len(whole) <= 25


def test_no_page_counts_rows_or_skips_them(cast: Cast, app: FastAPI, desk: Desk) -> None:
    cast.phone().report()
    with counted(app) as statements:
        for path in ("/desk", "/desk?q=マルミ", "/desk/done?after=1", "/desk?after=1&whose=mine"):
            assert desk.get(path).status_code == 200
    told = " ".join(one for one in statements if "FROM report" in one).lower()
    assert told
    assert "count(" not in told
    # SQLite is always told an offset, of none.
    assert " offset " not in told.replace(" offset ?", "")


def test_a_long_list_is_read_page_by_page(cast: Cast, desk: Desk, short: None) -> None:
    phone = cast.phone()
    for _ in range(5):
        phone.report()
    first = desk.get("/desk").text
    assert numbers(first) == ["K-0001", "K-0002"]
    assert "未対応（2+）" in first
    second = desk.get(link(first, "未対応の次の50件")).text
    assert numbers(second) == ["K-0003", "K-0004"]
    third = desk.get(link(second, "未対応の次の50件")).text
    assert numbers(third) == ["K-0005"]
    assert "未対応の次の50件" not in third
    assert numbers(desk.get(link(third, "最初から表示")).text) == ["K-0001", "K-0002"]


def test_what_has_an_answer_never_pushes_what_has_none_off_the_page(
    cast: Cast, desk: Desk, short: None
) -> None:
    phone = cast.phone()
    for _ in range(3):
        desk.instruct(phone.report(items=["CV-01"]))
    phone.report(items=["CM-07"], answers={})
    page = desk.get("/desk").text
    assert numbers(page) == ["K-0004", "K-0001", "K-0002"]
    assert numbers(desk.get(link(page, "次の50件")).text) == ["K-0004", "K-0003"]


def test_tabs_say_how_many_there_are(cast: Cast, desk: Desk) -> None:
    phone = cast.phone()
    mine, closed, _ = [phone.report() for _ in range(3)]
    desk.post(f"/desk/reports/{mine}/claim")
    desk.post(f"/desk/reports/{closed}/closure", template="R18", outcome="informed")
    page = desk.get("/desk").text
    assert tabs(page) == ["2", "1", "1"]
    assert numbers(desk.get("/desk?whose=mine").text) == ["K-0001"]
    assert tabs(cast.staff("counsellor", 1).get("/desk").text) == ["2", "0", "1"]
    assert tabs(cast.stranger("counsellor").get("/desk").text) == ["0", "0", "0"]


@pytest.mark.parametrize("seen", ["", "?up_to=1", "?up_to=2&whose=mine", "?q=K-1", "?after=1"])
def test_numbers_are_the_same_whatever_is_shown(
    cast: Cast, desk: Desk, work: Callable[[], int], seen: str
) -> None:
    """Three open cases: one answered, one of two colleagues' reports, one that came last."""
    desk.instruct(cast.phone("finance").report(items=["FN-01"]))
    for place in (0, 1):
        cast.phone("conveni", place).report()
    work()
    assert tabs(desk.get("/desk").text)[0] == "2"
    cast.phone("post").report(items=["PO-01"])
    page = desk.get(f"/desk{seen}").text
    assert tabs(page) == ["3", "1", "0"]
    assert "未対応 2件" in page


def test_numbers_end_at_fifty(cast: Cast, desk: Desk, short: None) -> None:
    phone = cast.phone()
    for _ in range(4):
        phone.report()
    assert tabs(desk.get("/desk").text) == ["2+", "0", "0"]


def test_what_was_closed_is_read_page_by_page_with_its_answer(
    cast: Cast, desk: Desk, short: None
) -> None:
    phone = cast.phone()
    for template in ("R17", "R18", "R18"):
        desk.post(f"/desk/reports/{phone.report()}/closure", template=template, outcome="informed")
        cast.clock.advance(minutes=1)
    first = desk.get("/desk/done").text
    assert re.findall(r">(K-\d+)</a>", first) == ["K-0003", "K-0002"]
    second = desk.get(link(first, "次の50件")).text
    assert re.findall(r">(K-\d+)</a>", second) == ["K-0001"]
    assert "情報として受け取りました" in second
    assert "今月終わった報告(2+)" in first


@pytest.mark.parametrize("after", ["0", "-1", "999", "9" * 30])
@pytest.mark.parametrize("path", ["/desk?after=", "/desk?instructed_after=", "/desk/done?after="])
def test_a_number_nobody_has_begins_at_the_beginning(
    cast: Cast, desk: Desk, path: str, after: str
) -> None:
    cast.phone().report()
    answer: Any = desk.get(path + after)
    assert answer.status_code == 200
    if path.startswith("/desk?"):
        assert numbers(answer.text) == ["K-0001"]
