"""Ten seconds to take it back; then it is on its way, and what people answer counts once."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.deliveries.models import Message, OutboxItem
from app.instructions.answers import REASONS
from app.instructions.models import Answer, Instruction
from app.reports.models import Report
from tests.instructions.scene import Scene

TITLE = "いますぐ110番してください"


def test_the_phone_sees_nothing_before_the_ten_seconds_are_over(scene: Scene) -> None:
    before = scene.see()
    scene.cast.clock.advance(seconds=9.9)
    assert str(scene.instruction_id) not in before + scene.see()
    assert TITLE not in before + scene.see()
    scene.cast.clock.advance(seconds=0.1)
    assert str(scene.instruction_id) in scene.see()
    assert TITLE in scene.see()


def test_it_can_be_taken_back_at_nine_point_nine_seconds(scene: Scene, session: Session) -> None:
    scene.cast.clock.advance(seconds=9.9)
    assert scene.take_back().status_code == 303
    scene.release()
    assert "取り消しました" in scene.detail()
    assert str(scene.instruction_id) not in scene.see()
    assert session.exec(select(Message)).all() == []
    release = session.exec(select(OutboxItem).where(OutboxItem.kind == "instruction.release")).one()
    assert release.outcome == "taken-back"


def test_at_ten_seconds_it_is_too_late(scene: Scene, session: Session) -> None:
    scene.cast.clock.advance(seconds=10)
    answer = scene.take_back()
    assert answer.status_code == 409
    assert "もう送られました" in answer.text
    assert session.exec(select(Instruction)).one().cancelled_at is None


def test_taking_back_twice_is_taking_back_once(scene: Scene, session: Session) -> None:
    scene.take_back()
    first = scene.cast.clock.now
    scene.cast.clock.advance(seconds=30)
    assert scene.take_back().status_code == 303
    assert session.exec(select(Instruction)).one().cancelled_at == first
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("instruction.take_back") == 1


def test_a_closing_that_was_taken_back_leaves_the_report_open(
    scene: Scene, session: Session
) -> None:
    scene.desk.post(f"/desk/reports/{scene.report_id}/closure", template="R17", outcome="informed")
    closing = session.exec(select(Instruction.id).where(Instruction.closes)).one()
    session.rollback()
    scene.desk.post(f"/desk/instructions/{closing}/cancellation")
    assert session.exec(select(Report)).one().closed_at is None


def test_releasing_twice_sends_one_message(scene: Scene, session: Session) -> None:
    scene.release()
    with scene.cast.app.state.database.writing() as writing:
        item = writing.exec(
            select(OutboxItem).where(OutboxItem.kind == "instruction.release")
        ).one()
        item.done_at = None
    scene.work()
    assert len(session.exec(select(Message)).all()) == 1


def test_acknowledging_twice_keeps_the_first_time(scene: Scene, session: Session) -> None:
    scene.release()
    first = scene.cast.clock.now
    assert scene.answer("acknowledgement").status_code == 303
    scene.cast.clock.advance(minutes=5)
    assert scene.answer("acknowledgement").status_code == 303
    answer = session.exec(select(Answer)).one()
    assert (answer.kind, answer.at) == ("acknowledged", first)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_refuse_reaches_the_desk(
    scene: Scene, session: Session, reason: str
) -> None:
    scene.release()
    assert scene.answer("refusal", reason=reason).status_code == 303
    answer = session.exec(select(Answer)).one()
    assert (answer.kind, answer.code) == ("refused", reason)
    assert "できない・相談したい" in scene.detail()
    assert "了解しました</button>" not in scene.see()


@pytest.mark.parametrize("reason", ["", "lazy", "called", "x" * 20, "x" * 21])
def test_a_reason_nobody_offered_is_asked_for_again(
    scene: Scene, session: Session, reason: str
) -> None:
    scene.release()
    assert scene.answer("refusal", reason=reason).status_code == 422
    assert session.exec(select(Answer)).all() == []


@pytest.mark.parametrize("code", ["called", "came", "stopped", "gone"])
def test_a_result_is_one_of_the_templates_own(scene: Scene, session: Session, code: str) -> None:
    scene.release()
    scene.answer("acknowledgement")
    assert scene.answer("result", result=code).status_code == 303
    results = session.exec(select(Answer).where(Answer.kind == "result")).all()
    assert [one.code for one in results] == [code]


@pytest.mark.parametrize("code", ["", "will_consult", "told", "Called", "はい"])
def test_any_other_result_is_asked_for_again(scene: Scene, session: Session, code: str) -> None:
    scene.release()
    scene.answer("acknowledgement")
    assert scene.answer("result", result=code).status_code == 422
    assert "result" not in session.exec(select(Answer.kind)).all()


def test_an_answer_proves_that_it_was_opened(scene: Scene) -> None:
    scene.release()
    scene.answer("acknowledgement")
    assert scene.detail().count("推定") == 2


def test_an_instruction_that_was_taken_back_needs_no_answer(scene: Scene, session: Session) -> None:
    scene.take_back()
    scene.cast.clock.advance(seconds=10)
    for what in ("acknowledgement", "refusal", "result"):
        assert scene.answer(what, reason="busy", result="called").status_code in (404, 409)
    assert session.exec(select(Answer)).all() == []


def test_it_leaves_exactly_ten_seconds_after_it_was_written(scene: Scene, session: Session) -> None:
    instruction = session.exec(select(Instruction)).one()
    assert instruction.release_at - instruction.created_at == timedelta(seconds=10)
    release = session.exec(select(OutboxItem).where(OutboxItem.kind == "instruction.release")).one()
    assert release.due_at == instruction.release_at
