"""Taking back what has left: whoever has it is told in its place, and nothing more is expected."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from app.deliveries.models import Message
from app.instructions.models import Instruction, PhoneTask
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.mail_server import MailRig
from tests.deliveries.phones import PushedPhone
from tests.instructions.scene import Scene

GONE = "このお願いは取り消されました"


@pytest.fixture
def pushed(
    cast: Cast, push_service: PushService, work: Callable[[], int]
) -> tuple[PushedPhone, Scene]:
    """R05 for a phone with a subscription, written a moment ago."""
    phone, desk = PushedPhone(cast, push_service), cast.staff("counsellor")
    report_id = phone.report()
    instruction_id = desk.instruct(report_id)
    return phone, Scene(cast, phone.phone, desk, report_id, instruction_id, work)


def withdraw(scene: Scene) -> int:
    answer = scene.desk.post(f"/desk/instructions/{scene.instruction_id}/withdrawal")
    return int(answer.status_code)


def test_other_words_take_the_place_of_the_notification(
    pushed: tuple[PushedPhone, Scene],
) -> None:
    phone, scene = pushed
    scene.wait(seconds=10)
    assert withdraw(scene) == 303
    scene.wait(seconds=1)
    first, second = phone.notifications()
    assert first["tag"] == second["tag"] == str(scene.instruction_id)
    assert second["body"] == "先ほどのお願いは取り消されました。対応は不要です。"
    topics = {post.headers["Topic"] for post in phone.service.log}
    assert len(topics) == 1


def test_the_page_asks_for_nothing_any_more(scene: Scene) -> None:
    scene.wait(seconds=10)
    withdraw(scene)
    page = scene.see()
    assert GONE in page
    assert "了解しました" not in page
    assert scene.answer("acknowledgement").status_code == 409
    assert "送ったあとに取り消しました" in scene.detail()


def test_the_report_waits_for_an_instruction_again(scene: Scene) -> None:
    scene.wait(seconds=10)
    assert "了解待ち" in scene.desk.get("/desk").text
    withdraw(scene)
    inbox = scene.desk.get("/desk").text
    assert "未対応" in inbox
    assert "了解待ち" not in inbox


def test_a_result_is_not_asked_for_either(scene: Scene) -> None:
    scene.wait(seconds=10)
    scene.answer("acknowledgement")
    withdraw(scene)
    assert GONE in scene.see()
    assert "結果を送る" not in scene.see()


def test_nobody_is_reminded_written_to_or_phoned(
    scene: Scene, mail: MailRig, session: Session
) -> None:
    scene.wait(seconds=10)
    withdraw(scene)
    for _ in range(8):
        scene.wait(minutes=10)
    assert mail.inbox == []
    assert session.exec(select(PhoneTask)).all() == []


def test_a_phone_that_never_had_it_is_not_told(scene: Scene, session: Session) -> None:
    scene.wait(seconds=10)
    withdraw(scene)
    scene.wait(seconds=1)
    assert len(session.exec(select(Message)).all()) == 1


def test_before_it_left_and_after_it_ended_it_is_refused(scene: Scene, session: Session) -> None:
    assert withdraw(scene) == 409
    scene.wait(seconds=10)
    scene.answer("refusal", reason="busy")
    assert withdraw(scene) == 409
    assert session.exec(select(Instruction)).one().end_reason == "answered"


def test_a_closing_stays(scene: Scene, session: Session) -> None:
    scene.desk.post(f"/desk/reports/{scene.report_id}/closure", template="R17", outcome="informed")
    scene.wait(seconds=10)
    closing = session.exec(select(Instruction.id).where(Instruction.closes)).one()
    session.rollback()
    scene.instruction_id = closing
    assert withdraw(scene) == 409


def test_withdrawing_twice_tells_once(pushed: tuple[PushedPhone, Scene], session: Session) -> None:
    phone, scene = pushed
    scene.wait(seconds=10)
    first = scene.cast.clock.now
    assert withdraw(scene) == 303
    scene.cast.clock.advance(seconds=30)
    assert withdraw(scene) == 303
    scene.wait(seconds=1)
    assert len(phone.notifications()) == 2
    assert session.exec(select(Instruction)).one().ended_at == first


def test_colleagues_are_told_on_their_page(scene: Scene) -> None:
    colleague = scene.cast.phone("conveni", 1)
    colleague.pair()
    scene.wait(seconds=10)
    for _ in range(18):
        scene.wait(seconds=10)
    path = f"/instructions/{scene.instruction_id}/guidance"
    assert colleague.client.get(path).status_code == 200
    withdraw(scene)
    gone = colleague.client.get(path)
    assert gone.status_code == 404
    assert "取り消されました" in gone.text
