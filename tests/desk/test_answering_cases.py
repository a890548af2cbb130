"""One answer to all of a case: one press, a row for each, all or none."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.instructions.models import Instruction
from app.reports.models import Report
from tests.cast import Cast, Desk, composer_fields
from tests.desk.test_cases import part
from tests.desk.test_listing import numbers


def also(page: str) -> list[str]:
    return re.findall(r'name="also" value="([^"]+)" checked', page)


def send(desk: Desk, report_id: UUID, **changes: Any) -> Any:
    page = desk.get(f"/desk/reports/{report_id}/instructions/new?template=R05").text
    fields = composer_fields(page) | {"template": "R05", "also": also(page)} | changes
    return desk.client.post(f"/desk/reports/{report_id}/instructions", data=fields)


def test_one_answer_goes_to_each_of_them(
    cast: Cast, desk: Desk, three: list[UUID], session: Session
) -> None:
    page = desk.get(f"/desk/reports/{three[0]}/instructions/new?template=R05").text
    assert "同じ件の2人にも、同じ返事を送ります" in page
    assert also(page) == [str(one) for one in three[1:]]
    assert send(desk, three[0]).status_code == 303
    written = session.exec(select(Instruction)).all()
    assert {one.report_id for one in written} == {*three}
    assert all(set(one.texts) == {"ja", "easy", "en"} for one in written)
    assert len({one.id for one in written}) == 3
    assert "了解待ち（1）" in desk.get("/desk").text


def test_ones_own_words_go_to_each_with_their_own_number(
    desk: Desk, three: list[UUID], session: Session
) -> None:
    send(desk, three[0], steps="K-0001 のお客様に声を掛けてください。")
    steps = [one.texts["ja"]["steps"][0] for one in session.exec(select(Instruction))]
    assert sorted(step[:6] for step in steps) == ["K-0001", "K-0002", "K-0003"]


def test_who_is_taken_out_gets_nothing(desk: Desk, three: list[UUID], session: Session) -> None:
    send(desk, three[0], also=[str(three[2])])
    written = session.exec(select(Instruction)).all()
    assert {one.report_id for one in written} == {three[0], three[2]}


def test_sent_twice_it_is_once(desk: Desk, three: list[UUID], session: Session) -> None:
    page = desk.get(f"/desk/reports/{three[0]}/instructions/new?template=R05").text
    (instruction_id,) = re.findall(r'name="instruction_id" value="([^"]+)"', page)
    for _ in "ab":
        assert send(desk, three[0], instruction_id=instruction_id).status_code == 303
    assert len(session.exec(select(Instruction)).all()) == 3


def test_where_a_colleague_has_one_of_them_nobody_gets_anything(
    cast: Cast, desk: Desk, three: list[UUID], session: Session
) -> None:
    cast.staff("counsellor", 1).post(f"/desk/reports/{three[1]}/claim")
    answer = send(desk, three[0], title="わたしの見出し")
    assert answer.status_code == 409
    assert "K-0002 は田中さんが担当しています" in answer.text
    assert "わたしの見出し" in answer.text
    assert session.exec(select(Instruction)).all() == []
    assert [one.claimed_by_id for one in session.exec(select(Report))].count(None) == 2


def test_who_left_the_case_meanwhile_is_noticed(
    cast: Cast, desk: Desk, three: list[UUID], session: Session
) -> None:
    chosen = [str(one) for one in three[1:]]
    part(cast.staff("counsellor", 1), three[2])
    answer = send(desk, three[0], also=chosen)
    assert answer.status_code == 409
    assert "同じ件の報告が変わりました" in answer.text
    assert session.exec(select(Instruction)).all() == []


def test_of_two_who_answer_a_case_at_once_one_does(
    cast: Cast, three: list[UUID], session: Session
) -> None:
    desks = [cast.staff("counsellor", place) for place in (0, 1)]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda n: send(desks[n], three[n]), (0, 1)))
    assert sorted(one.status_code for one in answers) == [303, 409]
    assert len(session.exec(select(Instruction)).all()) == 3
    assert len({one.claimed_by_id for one in session.exec(select(Report))}) == 1


def test_one_press_takes_all_of_them_back(desk: Desk, three: list[UUID], session: Session) -> None:
    location = send(desk, three[0]).headers["location"]
    page = desk.get(location).text
    assert "同じ件の3人分を、まとめて取り消します" in page
    (first,) = re.findall(r'id="instruction-([0-9a-f-]+)"', page)
    desk.post(f"/desk/instructions/{first}/cancellation")
    assert all(one.cancelled_at for one in session.exec(select(Instruction)))


def test_a_case_is_closed_with_one_press_and_everybody_reads_it(
    cast: Cast, desk: Desk, three: list[UUID], session: Session
) -> None:
    fields = {"template": "R18", "outcome": "informed", "also": [str(one) for one in three[1:]]}
    assert desk.client.post(f"/desk/reports/{three[0]}/closure", data=fields).status_code == 303
    assert all(one.closed_at for one in session.exec(select(Report)))
    assert {one.report_id for one in session.exec(select(Instruction))} == {*three}
    assert numbers(desk.get("/desk").text) == []


@pytest.mark.parametrize("path", ["instructions", "closure"])
def test_ids_that_are_none_are_refused(desk: Desk, three: list[UUID], path: str) -> None:
    fields = {"template": "R18", "title": "a", "steps": "b", "also": ["x"]}
    address = f"/desk/reports/{three[0]}/{path}"
    assert desk.client.post(address, data=fields).status_code == 422
