"""A worker chooses a time: it stands, nobody is reminded before it, and it isn't forgotten."""

import re
from typing import Any

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.instructions.models import Answer, FollowUp, Instruction, PhoneTask
from tests.instructions.scene import Scene


def put(scene: Scene, slot: str, seen: list[str] | None = None) -> Any:
    path = f"/api/instructions/{scene.instruction_id}/slot"
    return scene.phone.client.put(path, json={"slot": slot, "seen": seen or []})


def steps(session: Session) -> list[str]:
    session.rollback()
    return list(session.exec(select(FollowUp.kind).order_by(FollowUp.at)))


def chosen(session: Session) -> list[str]:
    session.rollback()
    return list(session.exec(select(Answer.code).where(Answer.kind == "slot")))


def task(session: Session) -> PhoneTask:
    session.rollback()
    return session.exec(select(PhoneTask)).one()


def ending(session: Session) -> str:
    session.rollback()
    return session.exec(select(Instruction)).one().end_reason


def test_the_phone_shows_the_times_as_buttons_in_its_language(offered: Scene) -> None:
    page = offered.see()
    assert re.findall(r'name="slot" value="(\w+)"', page) == ["1", "2", "none"]
    assert "9月25日(金) 10:00〜11:00" in page
    assert "会って話す(場所はこれから決めます)" in page
    assert "了解しました</button>" not in page
    assert "までに、時間を選ぶか、お電話をお願いします" in page
    for language, words in (("en", "Fri 25 Sep, 10:00–11:00"), ("easy", "9月25日(金)")):
        offered.phone.client.post("/language", data={"language": language})
        assert words in offered.see()


def test_a_choice_stands_and_is_understood(offered: Scene, session: Session) -> None:
    assert offered.answer("slot", slot="1").status_code == 303
    page = offered.see()
    assert "この時間を選びました" in page
    assert re.findall(r'name="slot" value="(\w+)"', page) == ["2", "none"]
    kinds = set(session.exec(select(Answer.kind)))
    assert kinds == {"acknowledged", "slot"}
    detail = offered.detail()
    assert "選ばれました" in detail
    assert "それまで、催促はしません。" in detail
    noted = select(AuditEntry).where(AuditEntry.action == "instruction.slot")
    assert len(session.exec(noted).all()) == 1


def test_nobody_is_reminded_before_the_time_and_then_the_call_is_due(
    offered: Scene, session: Session
) -> None:
    offered.wait(minutes=31)
    assert steps(session)[-1] == "call"
    offered.answer("slot", slot="1")
    before = steps(session)
    assert "電話してください 1件" not in offered.desk.get("/desk").text
    calls = offered.desk.get("/desk/calls").text
    assert "この時間に話す約束です。" in calls
    for hours in (6, 6, 6, 1):
        offered.wait(hours=hours)
        assert steps(session) == before
    offered.wait(minutes=25)
    assert steps(session)[-1] == "begun"
    desk = offered.cast.staff("counsellor")
    assert "電話してください 1件" in desk.get("/desk").text
    assert "約束の時間です。" in desk.get("/desk/calls").text


def test_a_time_that_was_missed_is_seen_with_its_owner(offered: Scene, session: Session) -> None:
    offered.answer("slot", slot="1")
    offered.wait(hours=20)
    offered.wait(hours=1)
    assert steps(session)[-2:] == ["missed", "raised"]
    desk = offered.cast.staff("counsellor")
    for path in ("/desk/calls", f"/desk/reports/{offered.report_id}", "/desk/day"):
        page = desk.get(path).text
        assert "過ぎています" in page
        assert "担当 佐藤" in page
    desk.post(f"/desk/calls/{task(session).id}/outcome", outcome="told")
    assert ending(session) == "phoned"
    assert "過ぎています" not in desk.get("/desk/day").text


@pytest.mark.parametrize("hours", [0, 21], ids=["ahead", "missed"])
def test_the_link_to_a_promised_call_leads_to_it(offered: Scene, hours: int) -> None:
    offered.answer("slot", slot="1")
    for _ in range(hours):
        offered.wait(hours=1)
    desk = offered.cast.staff("counsellor")
    for path in (f"/desk/reports/{offered.report_id}", "/desk/day"):
        links = re.findall(r'href="(/desk/calls[^"#]*)#(call-[^"]+)"', desk.get(path).text)
        assert links
        for address, place in links:
            assert f'id="{place}"' in desk.get(address).text


def test_the_end_of_the_day_tells_what_was_promised(offered: Scene) -> None:
    offered.answer("slot", slot="1")
    day = offered.desk.get("/desk/day").text
    assert "あす 10:00〜11:00 電話" in day
    assert "担当 佐藤" in day


def test_another_press_changes_it_and_the_first_timer_counts_no_more(
    offered: Scene, session: Session
) -> None:
    offered.answer("slot", slot="1")
    offered.cast.clock.advance(minutes=1)
    assert offered.answer("slot", slot="2", was="1").status_code == 303
    assert chosen(session) == ["2"]
    offered.wait(hours=21)
    assert "begun" not in steps(session)
    offered.wait(hours=75)
    assert steps(session).count("begun") == 1


def test_pressing_twice_is_once(offered: Scene, session: Session) -> None:
    for _ in range(2):
        assert put(offered, "1").json() == {
            "instruction_id": str(offered.instruction_id),
            "slot": "1",
        }
    noted = select(AuditEntry).where(AuditEntry.action == "instruction.slot")
    assert len(session.exec(noted).all()) == 1


def test_an_old_press_that_arrives_late_changes_nothing(offered: Scene, session: Session) -> None:
    put(offered, "1")
    assert put(offered, "2", ["1"]).status_code == 200
    late = put(offered, "1")
    assert late.status_code == 409
    assert late.json()["type"] == "/problems/conflict"
    assert offered.answer("slot", slot="none", was="1").status_code == 409
    assert chosen(session) == ["2"]


def test_none_of_them_is_an_answer_too(offered: Scene, session: Session) -> None:
    offered.answer("slot", slot="1")
    assert offered.answer("slot", slot="none", was="1").status_code == 303
    assert task(session).done_at
    assert ending(session) == "answered"
    assert "どの時間も むずかしい" in offered.see()
    assert "どの時間も むずかしい" in offered.detail()
    assert offered.answer("slot", slot="1", was="1").status_code == 409
    offered.wait(hours=21)
    assert "begun" not in steps(session)


@pytest.mark.parametrize("slot", ["", "3", "0", "x", "R15"])
def test_what_was_not_offered_cannot_be_chosen(offered: Scene, session: Session, slot: str) -> None:
    assert offered.answer("slot", slot=slot).status_code == 422
    assert put(offered, slot).status_code == 422
    assert session.exec(select(Answer)).all() == []


def test_a_time_that_has_begun_cannot_be_chosen_any_more(offered: Scene, session: Session) -> None:
    offered.wait(hours=20)
    assert put(offered, "1").status_code == 409
    assert 'value="2"' in offered.see()
    offered.wait(hours=80)
    assert "選べる時間は過ぎました" in offered.see()
    assert chosen(session) == []


def test_a_new_instruction_takes_the_times_back(offered: Scene, session: Session) -> None:
    offered.answer("slot", slot="1")
    offered.desk.instruct(offered.report_id, "R09")
    offered.wait(seconds=10)
    assert task(session).outcome == "superseded"
    assert put(offered, "2", ["1"]).status_code == 409
    offered.wait(hours=21)
    assert "begun" not in steps(session)


def test_taken_back_there_is_nothing_to_choose(offered: Scene) -> None:
    offered.desk.post(f"/desk/instructions/{offered.instruction_id}/withdrawal")
    assert put(offered, "1").status_code == 409
    assert 'name="slot"' not in offered.see()


def test_other_phones_find_nothing(offered: Scene, session: Session) -> None:
    for stranger in (offered.cast.phone("conveni", 1), offered.cast.stranger_phone()):
        stranger.pair()
        assert offered.answer("slot", stranger, slot="1").status_code == 404
        path = f"/api/instructions/{offered.instruction_id}/slot"
        assert stranger.client.put(path, json={"slot": "1"}).status_code == 404
    assert session.exec(select(Answer)).all() == []


def test_an_instruction_without_times_takes_none(scene: Scene) -> None:
    scene.release()
    assert scene.answer("slot", slot="1").status_code == 422
    assert scene.answer("slot", slot="none").status_code == 422
    assert scene.answer("refusal", reason="no_slot").status_code == 422
