"""電話してください: with a number and words, until it is told or the supervisor lets it go."""

import pytest
from sqlmodel import Session, select

from app.instructions.models import Instruction, PhoneTask
from app.organizations.models import Workplace
from tests.cast import Desk
from tests.instructions.scene import Scene


@pytest.fixture
def owed(scene: Scene, session: Session) -> Scene:
    """Nobody answered R05, and the phone has no notifications: 佐藤 is to phone."""
    with scene.cast.app.state.database.writing() as writing:
        for workplace in writing.exec(select(Workplace)):
            workplace.email, workplace.telephone = "", "0000-11-2233"
    scene.release()
    scene.wait(seconds=10)
    return scene


def the_task(session: Session) -> PhoneTask:
    session.rollback()
    return session.exec(select(PhoneTask)).one()


def note(scene: Scene, session: Session, outcome: str, desk: Desk | None = None) -> int:
    path = f"/desk/calls/{the_task(session).id}/outcome"
    session.rollback()
    return int((desk or scene.desk).post(path, outcome=outcome).status_code)


def test_the_list_says_whom_to_phone_and_what_to_say(owed: Scene, session: Session) -> None:
    page = owed.desk.get("/desk/calls").text
    for words in ("担当 佐藤", "tel:0000-11-2233", "K-0001", "いますぐ110番してください"):
        assert words in page
    assert "青波市消費生活センターの相談員です" in page
    assert "電話してください 1件" in owed.desk.get("/desk").text
    assert f"/desk/calls?first={the_task(session).id}#call-" in owed.detail()


def test_told_by_telephone_ends_the_instruction(owed: Scene, session: Session) -> None:
    assert note(owed, session, "told") == 303
    instruction = session.exec(select(Instruction)).one()
    assert instruction.end_reason == "phoned"
    assert "電話のお願いはありません" in owed.desk.get("/desk/calls").text
    assert "電話で伝えた" in owed.detail()


def test_whoever_does_not_pick_up_is_still_to_be_phoned(owed: Scene, session: Session) -> None:
    note(owed, session, "no_reply")
    note(owed, session, "no_reply")
    assert the_task(session).attempts == 2
    assert "2回かけて、出ませんでした" in owed.desk.get("/desk/calls").text


def test_only_a_supervisor_lets_it_go(owed: Scene, session: Session) -> None:
    assert "連絡がつかないので終える" not in owed.desk.get("/desk/calls").text
    assert note(owed, session, "given_up") == 422
    supervisor = owed.cast.staff("supervisor")
    assert "連絡がつかないので終える" in supervisor.get("/desk/calls").text
    assert note(owed, session, "given_up", supervisor) == 303
    assert session.exec(select(Instruction)).one().end_reason == "no_answer"


def test_a_call_that_is_done_is_done(owed: Scene, session: Session) -> None:
    assert note(owed, session, "told") == 303
    assert note(owed, session, "no_reply") == 409
    assert the_task(session).outcome == "told"


@pytest.mark.parametrize("outcome", ["", "answered", "x" * 12, "x" * 13])
def test_anything_else_changes_nothing(owed: Scene, session: Session, outcome: str) -> None:
    assert note(owed, session, outcome) == 422
    assert the_task(session).done_at is None


def test_an_answer_on_the_phone_makes_the_call_needless(owed: Scene, session: Session) -> None:
    owed.answer("acknowledgement")
    assert the_task(session).outcome == "answered"
    assert "電話してください" not in owed.desk.get("/desk").text


def test_asking_the_manager_keeps_the_call_owed_for_afterwards(
    owed: Scene, session: Session
) -> None:
    owed.answer("asking", hours="1")
    assert the_task(session).done_at is None
    assert "上司に確認中" in owed.desk.get("/desk/calls").text
    session.rollback()
    owed.wait(minutes=59)
    assert the_task(session).raised_at is None
    session.rollback()
    for _ in range(2):
        owed.wait(minutes=5)
    assert the_task(session).raised_at


def test_after_ten_minutes_it_is_the_supervisors(owed: Scene) -> None:
    owed.wait(minutes=11)
    assert "森さんに上がっています" in owed.desk.get("/desk/calls").text


def test_a_workplace_without_a_number_is_said(owed: Scene) -> None:
    with owed.cast.app.state.database.writing() as writing:
        for workplace in writing.exec(select(Workplace)):
            workplace.telephone = ""
    assert "名簿に電話番号がありません" in owed.desk.get("/desk/calls").text
