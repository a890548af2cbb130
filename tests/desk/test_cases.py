"""同じ件: gathered as they come, put together and parted by hand, answered with one press."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.reports.cases import gather
from app.reports.models import Report
from tests.cast import Cast, Desk
from tests.desk.conftest import colleagues, report_of
from tests.desk.test_listing import numbers

Work = Callable[[], int]


def case_of(session: Session, report_id: UUID) -> UUID | None:
    session.rollback()
    session.expire_all()
    return session.exec(select(Report).where(Report.id == report_id)).one().case_id


def join(desk: Desk, report_id: UUID, number: str) -> Any:
    return desk.post(f"/desk/reports/{report_id}/case", number=number)


def part(desk: Desk, report_id: UUID) -> Any:
    return desk.post(f"/desk/reports/{report_id}/case/parting")


def test_three_colleagues_within_an_hour_are_one_row(desk: Desk, three: list[UUID]) -> None:
    page = desk.get("/desk").text
    assert numbers(page) == ["K-0001"]
    assert "3人から" in page
    assert "未対応（1）" in page
    opened = desk.get(f"/desk/reports/{three[2]}").text
    assert 'aria-current="true"' in opened.split('id="detail"')[0].split('class="cl"')[1]
    assert all(f"/desk/reports/{one}" in opened for one in three)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_arrivals_are_one_case_in_whatever_order_they_are_seen_to(
    cast: Cast, app: FastAPI, session: Session, order: tuple[int, ...]
) -> None:
    ids = [report_of(cast, place) for place in colleagues(cast)[:3]]
    for place in order:
        with app.state.database.writing() as writing:
            gather(writing, writing.exec(select(Report).where(Report.id == ids[place])).one())
    assert len({case_of(session, one) for one in ids}) == 1
    assert case_of(session, ids[0])


@pytest.mark.parametrize("apart", ["the same badge", "another trick", "an hour later", "closed"])
def test_what_is_another_event_stays_apart(
    cast: Cast, desk: Desk, work: Work, session: Session, apart: str
) -> None:
    one, other = colleagues(cast)[:2]
    first = report_of(cast, one)
    work()
    if apart == "closed":
        desk.post(f"/desk/reports/{first}/closure", template="R18", outcome="informed")
    if apart == "an hour later":
        cast.clock.advance(hours=1, minutes=1)
    items = ["CM-07"] if apart == "another trick" else ["CV-01"]
    second = report_of(cast, one if apart == "the same badge" else other, items=items)
    work()
    assert case_of(session, first) is case_of(session, second) is None


def test_a_late_member_makes_a_case_wait_again_without_moving_what_is_read(
    cast: Cast, desk: Desk, work: Work
) -> None:
    one, other = colleagues(cast)[:2]
    desk.instruct(report_of(cast, one))
    report_of(cast, other)
    work()
    part = desk.get("/desk?up_to=1", headers={"HX-Request": "true"}).text
    assert "了解待ち（1）" in part
    assert "2人から" not in part
    assert "新着 1件を表示" in part
    page = desk.get("/desk").text
    assert numbers(page) == ["K-0002"]
    assert "2人から" in page
    assert "了解待ち" not in page


def test_counsellors_put_together_and_part(cast: Cast, desk: Desk, session: Session) -> None:
    first, second = cast.phone("conveni").report(), cast.phone("post").report()
    assert join(desk, second, "K-0001").status_code == 303
    assert case_of(session, first) == case_of(session, second) is not None
    assert "2人から" in desk.get("/desk").text
    assert [part(desk, second).status_code for _ in "ab"] == [303, 303]
    assert case_of(session, second) is None
    assert numbers(desk.get("/desk").text) == ["K-0001", "K-0002"]
    actions = [one.action for one in session.exec(select(AuditEntry))]
    assert (actions.count("report.join"), actions.count("report.part")) == (1, 1)


def test_two_cases_put_together_are_one(cast: Cast, desk: Desk, session: Session) -> None:
    ids = [cast.phone(kind).report() for kind in ("conveni", "post", "finance", "retail")]
    join(desk, ids[1], "1")
    join(desk, ids[3], "3")
    join(desk, ids[0], "K-0004")
    assert len({case_of(session, one) for one in ids}) == 1


def test_the_same_trick_in_another_shop_of_the_company_is_only_suggested(
    cast: Cast, desk: Desk, work: Work, session: Session
) -> None:
    shops = [one for one in cast.town.badges if one["industry"] == "conveni"]
    company = shops[0]["workplace"].split()[0]
    elsewhere = [
        n
        for n, one in enumerate(shops)
        if one["workplace"] != shops[0]["workplace"] and one["workplace"].split()[0] == company
    ]
    assert elsewhere
    report_of(cast, 0)
    second = report_of(cast, elsewhere[0])
    work()
    assert case_of(session, second) is None
    assert "K-0001 と同じ件としてまとめる" in desk.get(f"/desk/reports/{second}").text


@pytest.mark.parametrize("number", ["", "K-0999", "1", "きのうの", "9" * 40, "K-0001\x00"])
def test_a_number_that_fits_nothing_is_said_and_changes_nothing(
    cast: Cast, desk: Desk, session: Session, number: str
) -> None:
    report_id = cast.phone().report()
    answer = join(desk, report_id, number)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert case_of(session, report_id) is None


def test_a_neighbours_report_is_no_part_of_a_case(cast: Cast, session: Session) -> None:
    stranger = cast.stranger_phone()
    theirs = stranger.report()
    mine = [cast.phone("conveni").report(), cast.phone("post").report()]
    assert join(cast.staff("counsellor"), mine[0], "K-0003").status_code == 422
    desk = cast.stranger("counsellor")
    assert join(desk, mine[0], "K-0001").status_code == 404
    assert part(desk, mine[0]).status_code == 404
    assert join(desk, theirs, "K-0002").status_code == 422
    assert [case_of(session, one) for one in (*mine, theirs)] == [None, None, None]


def test_two_who_put_together_at_once_make_one_case(cast: Cast, session: Session) -> None:
    desks = [cast.staff("counsellor", place) for place in (0, 1)]
    for _ in range(4):
        ids = [cast.phone(kind).report() for kind in ("conveni", "post", "finance")]
        session.rollback()
        numbers = [
            session.exec(select(Report).where(Report.id == one)).one().receipt_no for one in ids
        ]
        with ThreadPoolExecutor(2) as threads:
            answers = list(
                threads.map(
                    lambda n: join(desks[n], ids[n + 1], numbers[0]),  # noqa: B023
                    (0, 1),
                )
            )
        assert [one.status_code for one in answers] == [303, 303]
        assert len({case_of(session, one) for one in ids}) == 1


def test_a_workplace_tells_its_history(cast: Cast, session: Session) -> None:
    phone = cast.phone()
    phone.report()
    cast.clock.advance(days=31)
    desk = cast.staff("counsellor")
    ids = [phone.report() for _ in range(5)]
    page = desk.get(f"/desk/reports/{ids[-1]}").text
    assert "この店から 4件" in page
    assert "ほかに4件" in page
    workplace = session.exec(select(Report)).first()
    assert workplace
    address = f"/desk/workplaces/{workplace.workplace_id}"
    assert f'href="{address}"' in page
    history = desk.get(address).text
    assert re.findall(r">(K-\d+)</a>", history) == [f"K-000{n}" for n in (6, 5, 4, 3, 2, 1)]
    assert "<dd>5件</dd>" in history
    assert cast.stranger("counsellor").get(address).status_code == 404
    earlier = desk.get(f"{address}?after=3").text.split("<main", 1)[1]
    assert earlier.count("K-000") == 2
