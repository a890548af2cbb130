"""A claim goes to a colleague by name, or a supervisor takes it over; of two at once one wins."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, col, select

from app.audit.models import AuditEntry
from app.claims.models import ClaimMove
from app.instructions.models import Instruction, PhoneTask
from app.reports.models import Report
from app.staff.models import Staff
from tests.cast import Cast, Desk
from tests.instructions.scene import Scene


def staff_id(session: Session, cast: Cast, role: str = "counsellor", place: int = 0) -> str:
    name = cast.town.person(role, place).sign_in
    return str(session.exec(select(Staff).where(Staff.sign_in == name)).one().id)


def claimed(cast: Cast) -> tuple[UUID, Desk]:
    report_id, sato = cast.phone().report(), cast.staff("counsellor")
    sato.post(f"/desk/reports/{report_id}/claim")
    return report_id, sato


def hand_over(desk: Desk, report_id: UUID, to: str, note: str = "", **more: str) -> Any:
    return desk.post(f"/desk/reports/{report_id}/handover", to=to, note=note, **more)


def test_a_report_handed_over_is_the_colleagues_and_says_so_until_they_open_it(
    cast: Cast, session: Session
) -> None:
    report_id, sato = claimed(cast)
    tanaka = cast.staff("counsellor", 1)
    answer = hand_over(sato, report_id, staff_id(session, cast, place=1), "15時に電話の予定")
    assert answer.status_code == 303
    session.rollback()
    assert str(session.exec(select(Report)).one().claimed_by_id) == staff_id(session, cast, place=1)
    assert "引き継がれました(佐藤さんから)" in tanaka.get("/desk").text
    assert "15時に電話の予定" in tanaka.get(f"/desk/reports/{report_id}").text
    assert "引き継がれました(佐藤さんから)" in tanaka.get("/desk").text
    sato.post(f"/desk/reports/{report_id}/presence")
    assert "引き継がれました(佐藤さんから)" in sato.get("/desk").text
    tanaka.post(f"/desk/reports/{report_id}/presence")
    assert "引き継がれました" not in tanaka.get("/desk").text


def test_the_page_lists_the_others_and_neither_oneself_nor_the_office(
    cast: Cast, session: Session
) -> None:
    report_id, sato = claimed(cast)
    page = sato.get(f"/desk/reports/{report_id}/handover").text
    assert staff_id(session, cast, place=1) in page
    assert staff_id(session, cast, "supervisor") in page
    assert staff_id(session, cast) not in page
    assert staff_id(session, cast, "clerk") not in page


@pytest.mark.parametrize("who", ["self", "clerk", "nobody", "odd", "none"])
def test_nobody_but_a_colleague_gets_it_and_the_note_stays(
    cast: Cast, session: Session, who: str
) -> None:
    report_id, sato = claimed(cast)
    to = {
        "self": staff_id(session, cast),
        "clerk": staff_id(session, cast, "clerk"),
        "nobody": str(uuid4()),
        "odd": "x",
        "none": "",
    }[who]
    answer = hand_over(sato, report_id, to, "15時に電話の予定")
    assert answer.status_code == 422
    assert "引き継ぐ人を選んでください" in answer.text
    assert "15時に電話の予定" in answer.text
    assert session.exec(select(ClaimMove)).all() == []


def test_a_note_with_a_name_is_sent_only_after_a_second_look(cast: Cast, session: Session) -> None:
    report_id, sato = claimed(cast)
    to = staff_id(session, cast, place=1)
    refused = hand_over(sato, report_id, to, "山田さんに電話")
    assert refused.status_code == 422
    assert "名前や番号のような文字があります" in refused.text
    assert "山田さんに電話" in refused.text
    assert 'name="is_fine"' in refused.text
    assert re.search(rf'value="{to}" required checked', refused.text)
    assert hand_over(sato, report_id, to, "山田さんに電話", is_fine="yes").status_code == 303


def test_a_note_is_short(cast: Cast, session: Session) -> None:
    report_id, sato = claimed(cast)
    to = staff_id(session, cast, place=1)
    refused = hand_over(sato, report_id, to, "あ" * 121)
    assert (refused.status_code, "120字まで" in refused.text) == (422, True)
    assert hand_over(sato, report_id, to, "あ" * 120).status_code == 303


def test_only_who_has_it_hands_it_over(cast: Cast, session: Session) -> None:
    report_id, _ = claimed(cast)
    tanaka = cast.staff("counsellor", 1)
    answer = hand_over(tanaka, report_id, staff_id(session, cast, "supervisor"))
    assert answer.status_code == 409
    assert "いまは佐藤さんが担当しています" in answer.text
    assert session.exec(select(ClaimMove)).all() == []


def test_a_supervisor_takes_over_with_a_reason_that_both_read(cast: Cast, session: Session) -> None:
    report_id, sato = claimed(cast)
    hayashi = cast.staff("supervisor")
    path = f"/desk/reports/{report_id}/takeover"
    assert hayashi.post(path, note="").status_code == 422
    assert sato.post(path, note="休み").status_code == 403
    assert hayashi.post(path, note="午後から休みのため").status_code == 303
    assert hayashi.post(path, note="午後から休みのため").status_code == 303
    assert len(session.exec(select(ClaimMove)).all()) == 1
    detail = sato.get(f"/desk/reports/{report_id}").text
    assert "午後から休みのため" in detail
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "claim.taken")).all()
    assert [set(one.details) for one in entries] == [{"from", "to"}]


def test_nothing_is_taken_over_that_nobody_has(cast: Cast) -> None:
    report_id, hayashi = cast.phone().report(), cast.staff("supervisor")
    answer = hayashi.post(f"/desk/reports/{report_id}/takeover", note="休み")
    assert answer.status_code == 409
    assert "だれも担当していません" in answer.text


def test_of_handing_over_and_taking_over_at_once_one_wins(cast: Cast, session: Session) -> None:
    sato, hayashi = cast.staff("counsellor"), cast.staff("supervisor")
    to, holder = staff_id(session, cast, place=1), staff_id(session, cast)
    for _ in range(5):
        report_id = cast.phone().report()
        sato.post(f"/desk/reports/{report_id}/claim")
        with ThreadPoolExecutor(2) as threads:
            gives = threads.submit(hand_over, sato, report_id, to)
            path, seen = f"/desk/reports/{report_id}/takeover", {"claimed_by": holder}
            takes = threads.submit(hayashi.post, path, note="休み", **seen)
            statuses = sorted([gives.result().status_code, takes.result().status_code])
        session.rollback()
        moves = session.exec(select(ClaimMove).where(ClaimMove.report_id == report_id)).all()
        assert (statuses, len(moves)) == ([303, 409], 1)


def test_what_another_has_by_now_is_not_taken_from_them(cast: Cast, session: Session) -> None:
    report_id, sato = claimed(cast)
    hayashi = cast.staff("supervisor")
    page = hayashi.get(f"/desk/reports/{report_id}/takeover").text
    assert f'name="claimed_by" value="{staff_id(session, cast)}"' in page
    hand_over(sato, report_id, staff_id(session, cast, place=1))
    seen = {"claimed_by": staff_id(session, cast)}
    answer = hayashi.post(f"/desk/reports/{report_id}/takeover", note="休み", **seen)
    assert answer.status_code == 409
    assert "いまは田中さんが担当しています" in answer.text


@pytest.mark.parametrize("path", ["handover", "takeover", "presence"])
def test_a_neighbours_report_is_not_there(cast: Cast, path: str) -> None:
    report_id, _ = claimed(cast)
    stranger = cast.stranger("supervisor")
    answer = stranger.post(f"/desk/reports/{report_id}/{path}", to=str(uuid4()), note="a")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("way", "role", "place"), [("handover", "counsellor", 1), ("takeover", "supervisor", 0)]
)
def test_the_calls_that_are_owed_for_it_go_along(
    scene: Scene, session: Session, way: str, role: str, place: int
) -> None:
    other = scene.cast.phone("post").report()
    scene.desk.instruct(other)
    scene.wait(minutes=20)
    scene.wait(hours=5)
    before = owed(session)
    assert [*before] == [scene.report_id, other]
    desk = scene.desk if way == "handover" else scene.cast.staff("supervisor")
    to = staff_id(session, scene.cast, role, place)
    address = f"/desk/reports/{scene.report_id}/{way}"
    assert "かけることになっている電話(1件)も、いっしょに移ります" in desk.get(address).text
    assert desk.post(address, to=to, note="午後から休みのため").status_code == 303
    assert owed(session) == before | {scene.report_id: UUID(to)}


def owed(session: Session) -> dict[UUID, UUID]:
    """By report: whose call it is."""
    session.rollback()
    both = col(Instruction.id) == PhoneTask.instruction_id
    query = select(Instruction.report_id, PhoneTask.assigned_to_id).join(PhoneTask, both)
    return dict(session.exec(query.order_by(col(Instruction.created_at))).all())
