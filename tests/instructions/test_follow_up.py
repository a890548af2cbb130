"""It arrives, or somebody is told to phone: what is done while nobody answers, until it stops."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from app.deliveries.models import Mail, Message, OutboxItem
from app.instructions.models import FollowUp, Instruction, PhoneTask
from tests.deliveries.mail_server import MailRig
from tests.instructions.scene import Scene


def steps(session: Session) -> list[str]:
    session.rollback()
    return list(session.exec(select(FollowUp.kind).order_by(FollowUp.at)))


def the_instruction(session: Session) -> Instruction:
    session.rollback()
    return session.exec(select(Instruction)).one()


def timers(session: Session) -> list[OutboxItem]:
    session.rollback()
    waiting = select(OutboxItem).where(
        OutboxItem.kind == "instruction.follow_up",
        col(OutboxItem.done_at).is_(None),
    )
    return list(session.exec(waiting))


@pytest.fixture
def reachable(scene: Scene, mail: MailRig) -> Scene:
    """The workplace has a mailbox, so that nothing has to be phoned about at once."""
    return scene


def test_an_urgent_one_climbs_step_by_step(reachable: Scene, session: Session) -> None:
    reachable.release()
    reachable.wait(seconds=10)
    assert steps(session) == ["mail"]  # no notifications on this phone: told at once
    reachable.wait(seconds=159)
    assert "call" not in steps(session)
    reachable.wait(seconds=1)
    assert steps(session)[-1] == "call"  # R05's own deadline, three minutes after it was written
    reachable.wait(minutes=5)
    assert steps(session)[-1] == "raised"


def test_a_fallback_starts_within_fifteen_seconds_of_its_time(
    reachable: Scene, session: Session
) -> None:
    reachable.release()
    released = reachable.cast.clock.now
    for _ in range(40):
        reachable.wait(seconds=15)
    late = {one.kind: one.at - released for one in session.exec(select(FollowUp))}
    due = {"mail": 0, "call": 170, "raised": 470}
    for kind, seconds in due.items():
        assert timedelta() <= late[kind] - timedelta(seconds=seconds) <= timedelta(seconds=15)


@pytest.mark.parametrize("answer", ["acknowledgement", "refusal"])
def test_an_answer_stops_it(reachable: Scene, session: Session, answer: str) -> None:
    reachable.release()
    reachable.answer(answer, reason="busy")
    for _ in range(20):
        reachable.wait(minutes=1)
    assert steps(session) == []
    assert session.exec(select(PhoneTask)).all() == []


def test_it_is_never_without_a_timer_or_an_end(reachable: Scene, session: Session) -> None:
    reachable.release()
    for _ in range(200):
        instruction = the_instruction(session)
        assert instruction.ended_at or len(timers(session)) == 1
        reachable.wait(minutes=30)


def test_whoever_reported_without_a_result_is_asked_no_further_than_the_next_day(
    reachable: Scene, session: Session
) -> None:
    reachable.release()
    reachable.answer("acknowledgement")
    assert the_instruction(session).ended_at is None
    for _ in range(100):
        reachable.wait(minutes=30)
    assert the_instruction(session).end_reason == "no_answer"
    assert timers(session) == []


def test_asking_the_manager_stops_the_steps_until_then(reachable: Scene, session: Session) -> None:
    reachable.release()
    reachable.wait(seconds=10)
    assert reachable.answer("asking", hours="1").status_code == 303
    before = steps(session)
    for _ in range(59):
        reachable.wait(minutes=1)
    assert steps(session) == before
    for _ in range(10):
        reachable.wait(minutes=1)
    assert steps(session)[-1] == "raised"


@pytest.mark.parametrize("hours", ["", "0", "49", "100", "-1", "1h"])
def test_nobody_can_ask_for_more_than_two_days(scene: Scene, session: Session, hours: str) -> None:
    scene.release()
    assert scene.answer("asking", hours=hours).status_code == 422
    assert "上司に確認してから返事する" in scene.see()


def test_templates_that_are_not_worth_a_call_end_unanswered(
    reachable: Scene, session: Session
) -> None:
    reachable.take_back()
    reachable.instruction_id = reachable.desk.instruct(reachable.report_id, "R02")
    reachable.release()
    for _ in range(60):
        reachable.wait(minutes=15)
    session.rollback()
    r02 = session.exec(select(Instruction).where(Instruction.template == "R02")).one()
    assert r02.end_reason == "no_answer"
    assert session.exec(select(PhoneTask)).all() == []
    next_morning = reachable.cast.staff("counsellor")
    assert "確認なし" in next_morning.get(f"/desk/reports/{reachable.report_id}").text


def test_a_later_instruction_takes_the_place_of_the_first(
    reachable: Scene, session: Session
) -> None:
    reachable.release()
    reachable.wait(minutes=4)
    assert "電話してください 1件" in reachable.desk.get("/desk").text
    second = reachable.desk.instruct(reachable.report_id, "R16")
    reachable.wait(seconds=10)
    session.rollback()
    first = session.get_one(Instruction, (timers(session)[0].network_id, reachable.instruction_id))
    assert first.end_reason == "superseded"
    assert "電話してください" not in reachable.desk.get("/desk").text
    assert [
        one.payload["instruction_id"] for one in timers(session) if not late(one, reachable)
    ] == [str(second)]


def late(item: OutboxItem, scene: Scene) -> bool:
    return str(item.payload["instruction_id"]) == str(scene.instruction_id)


def test_something_friendly_does_not_stop_what_is_urgent(
    reachable: Scene, session: Session
) -> None:
    reachable.release()
    reachable.desk.instruct(reachable.report_id, "R09")
    reachable.wait(seconds=10)
    reachable.wait(minutes=4)
    assert "call" in steps(session)


def test_closing_the_report_ends_what_was_open(reachable: Scene, session: Session) -> None:
    reachable.release()
    reachable.desk.post(
        f"/desk/reports/{reachable.report_id}/closure", template="R18", outcome="informed"
    )
    reachable.wait(seconds=10)
    for _ in range(20):
        reachable.wait(minutes=1)
    assert "call" not in steps(session)


def test_quiet_hours_are_kept_and_the_workplace_is_told(reachable: Scene, session: Session) -> None:
    """Written at 22:30; the report came in the afternoon."""
    reachable.take_back()
    reachable.cast.clock.advance(hours=8, minutes=25)
    reachable.instruction_id = reachable.desk.instruct(reachable.report_id, "R02")
    reachable.release()
    reachable.wait(seconds=10)
    assert session.exec(select(Mail)).one()
    pushes = select(OutboxItem).where(OutboxItem.kind == "push")
    assert session.exec(pushes).all() == []


def test_a_message_that_was_answered_is_not_pushed_any_more(scene: Scene, session: Session) -> None:
    scene.release()
    scene.answer("refusal", reason="gone")
    assert session.exec(select(Message)).one().cancelled_at == scene.cast.clock.now
