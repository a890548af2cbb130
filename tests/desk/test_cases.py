"""同じ件: gathered as they come, put together and parted by hand, answered with one press."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.instructions.models import Instruction
from app.reports.models import Report
from tests.cast import Cast, Desk, composer_fields
from tests.desk.test_listing import numbers

Work = Callable[[], int]


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return cast.staff("counsellor")


def case_of(session: Session, report_id: UUID) -> UUID | None:
    session.rollback()
    session.expire_all()
    return session.exec(select(Report).where(Report.id == report_id)).one().case_id


def colleagues(cast: Cast) -> list[int]:
    """Places of badges of one workplace, as the town's list has them."""
    first = [one for one in cast.town.badges if one["industry"] == "conveni"]
    return [n for n, one in enumerate(first) if one["workplace"] == first[0]["workplace"]]


def report_of(cast: Cast, place: int, **changes: Any) -> UUID:
    return cast.phone("conveni", place).report(**changes)


@pytest.fixture
def three(cast: Cast, work: Work) -> list[UUID]:
    """Three colleagues tell of the same trick within minutes."""
    found = []
    for place in colleagues(cast)[:3]:
        found.append(report_of(cast, place))
        cast.clock.advance(minutes=5)
        work()
    return found


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


@pytest.mark.parametrize("apart", ["the same badge", "another trick", "an hour later", "closed"])
def test_what_is_another_event_stays_apart(
    cast: Cast, desk: Desk, work: Work, session: Session, apart: str
) -> None:
    one, other = colleagues(cast)[:2]
    first = report_of(cast, one)
    work()
    if apart == "closed":
        desk.post(f"/desk/reports/{first}/closure", template="R18")
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
    if not elsewhere:
        pytest.skip("the town has no such shop")
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
    fields = {"template": "R18", "also": [str(one) for one in three[1:]]}
    assert desk.client.post(f"/desk/reports/{three[0]}/closure", data=fields).status_code == 303
    assert all(one.closed_at for one in session.exec(select(Report)))
    assert {one.report_id for one in session.exec(select(Instruction))} == {*three}
    assert numbers(desk.get("/desk").text) == []


@pytest.mark.parametrize("path", ["instructions", "closure"])
def test_ids_that_are_none_are_refused(desk: Desk, three: list[UUID], path: str) -> None:
    fields = {"template": "R18", "title": "a", "steps": "b", "also": ["x"]}
    address = f"/desk/reports/{three[0]}/{path}"
    assert desk.client.post(address, data=fields).status_code == 422


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
    assert desk.get(f"{address}?after=3").text.count("K-000") == 2
