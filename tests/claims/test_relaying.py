"""申し送り: all of one's own goes to a colleague in one press, and they read it first of all."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.claims.models import Relay
from app.instructions.models import PhoneTask
from app.reports.models import Report
from tests.cast import Cast, Desk
from tests.claims.test_moving import staff_id
from tests.instructions.scene import Scene


def give(desk: Desk, to: str, note: str = "", **more: str) -> Any:
    return desk.post("/desk/day/relay", to=to, note=note, **more)


@pytest.fixture
def tanakas(cast: Cast, session: Session) -> str:
    return staff_id(session, cast, place=1)


@pytest.fixture
def report_ids(cast: Cast) -> list[UUID]:
    """佐藤 has two, and nobody the third."""
    phone, sato = cast.phone(), cast.staff("counsellor")
    found = [phone.report() for _ in range(3)]
    for report_id in found[:2]:
        sato.post(f"/desk/reports/{report_id}/claim")
    return found


def test_all_of_ones_own_goes_over_and_is_the_first_page_after_signing_in(
    cast: Cast, session: Session, report_ids: list[UUID], tanakas: str
) -> None:
    here, sato = cast.staff("counsellor", 1), cast.staff("counsellor")
    assert here.get("/desk").status_code == 200
    cast.clock.advance(seconds=1)
    assert give(sato, tanakas, "あすの朝に電話してください").status_code == 303
    session.rollback()
    owners = {one.id: one.claimed_by_id for one in session.exec(select(Report))}
    assert [str(owners[one]) for one in report_ids] == [tanakas, tanakas, "None"]
    assert "申し送りがあります" in here.get("/desk").text
    comes = cast.staff("counsellor", 1)
    page = comes.get(comes.get("/desk").headers["location"])
    for shown in ("佐藤さんからの申し送り", "あすの朝に電話してください", "K-0001", "K-0002"):
        assert shown in page.text
    assert "K-0003" not in page.text.split("<main", 1)[1]
    path = f"/desk/relays/{session.exec(select(Relay)).one().id}/receipt"
    assert [comes.post(path).status_code for _ in "ab"] == [303, 303]
    assert comes.get("/desk").status_code == 200
    assert "申し送りがあります" not in here.get("/desk").text
    session.rollback()
    done = select(AuditEntry).where(AuditEntry.action == "relay.receive")
    assert len(session.exec(done).all()) == 1


def test_the_part_that_htmx_asks_for_is_never_sent_elsewhere(
    cast: Cast, report_ids: list[UUID], tanakas: str
) -> None:
    give(cast.staff("counsellor"), tanakas)
    comes = cast.staff("counsellor", 1)
    assert comes.get("/desk").status_code == 303
    assert comes.get("/desk?up_to=3", headers={"HX-Request": "true"}).status_code == 200


def test_calls_that_are_owed_go_with_it(scene: Scene, session: Session) -> None:
    scene.release()
    scene.wait(minutes=6)
    to = staff_id(session, scene.cast, place=1)
    assert session.exec(select(PhoneTask)).one().assigned_to_id != UUID(to)
    give(scene.desk, to)
    session.rollback()
    assert session.exec(select(PhoneTask)).one().assigned_to_id == UUID(to)
    assert session.exec(select(Relay)).one().calls == 1


def test_nothing_in_hand_is_nothing_to_give(cast: Cast, tanakas: str, session: Session) -> None:
    answer = give(cast.staff("counsellor"), tanakas)
    assert answer.status_code == 409
    assert "あなたの担当は、いまありません" in answer.text
    assert session.exec(select(Relay)).all() == []


@pytest.mark.parametrize("to", ["", "x", str(UUID(int=7))])
def test_a_stranger_gets_nothing_and_what_was_typed_stays(
    cast: Cast, session: Session, report_ids: list[UUID], to: str
) -> None:
    answer = give(cast.staff("counsellor"), to, "朝に電話")
    assert answer.status_code == 422
    assert "朝に電話" in answer.text
    assert session.exec(select(Relay)).all() == []


def test_only_the_receiver_reads_it(
    cast: Cast, session: Session, report_ids: list[UUID], tanakas: str
) -> None:
    sato = cast.staff("counsellor")
    give(sato, tanakas)
    session.rollback()
    path = f"/desk/relays/{session.exec(select(Relay)).one().id}"
    for other in (sato, cast.stranger("counsellor")):
        assert other.get(path).status_code == 404
        assert other.post(f"{path}/receipt").status_code == 404


def test_the_day_lists_what_is_owed_with_its_owner(scene: Scene) -> None:
    phone, desk = scene.phone, scene.desk
    phone.report()
    scene.release()
    page = desk.get("/desk/day").text
    assert "まだ指示を送っていない（1）" in page
    assert "了解を待っている（1）" in page
    scene.answer("asking", hours="4")
    page = desk.get("/desk/day").text
    assert "約束していること（1）" in page
    assert "上司に確認中" in page
    scene.answer("acknowledgement")
    scene.answer("result", result="called")
    page = desk.get("/desk/day").text
    assert "終わりの返事を送っていない（1）" in page
    assert "約束していること" not in page


def test_a_promised_call_stands_there(cast: Cast, work: Any) -> None:
    phone, desk = cast.phone(), cast.staff("counsellor")
    scene = Scene(cast, phone, desk, report := phone.report(), desk.instruct(report, "R15"), work)
    scene.release()
    scene.answer("acknowledgement")
    scene.answer("result", result="later_morning")
    page = desk.get("/desk/day").text
    assert "午前にかけてほしい" in page
    assert "担当 佐藤" in page


def test_a_day_without_anything_says_so(cast: Cast) -> None:
    assert "残っているものはありません" in cast.staff("counsellor").get("/desk/day").text
