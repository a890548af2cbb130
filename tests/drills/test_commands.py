"""Starting, answering, ending and forgetting; and whom a drill never calls."""

from typing import Any

import pytest
from sqlmodel import Session, select

from app.audit.commands import first_broken
from app.audit.models import AuditEntry
from app.deliveries.models import Evidence, Message, OutboxItem, Recipient
from app.drills.models import Drill, DrillPhone, DrillReport, DrillWorkplace
from app.instructions.models import FollowUp, Instruction, PhoneTask
from tests.browser.rig.push_service import PushService
from tests.cast import Cast
from tests.deliveries.phones import PushedPhone
from tests.drills.practice import Practice, practice

EVERYTHING = (Drill, DrillPhone, DrillReport, DrillWorkplace, Message, Recipient, Evidence)


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def kinds(session: Session) -> set[str]:
    session.rollback()
    return {one.kind for one in session.exec(select(OutboxItem))}


def test_the_phones_of_the_chosen_workplaces_are_called(drill: Practice, session: Session) -> None:
    elsewhere = drill.cast.phone("post")
    elsewhere.pair()
    drill_id = drill.start()
    message = session.exec(select(Message)).one()
    assert message.id == drill_id
    assert message.texts["ja"]["title"] == "【訓練】つなぐ名札"
    assert message.texts["en"]["title"].startswith("[DRILL]")
    assert message.path == f"/drills/{drill_id}"
    assert len(session.exec(select(Recipient)).all()) == 1


def test_nobody_is_phoned_or_written_to_whatever_happens(
    drill: Practice, session: Session, mail: Any, work: Any
) -> None:
    """Every workplace has an address, and the counsellor is on duty."""
    drill.desk.post("/desk/duty", on="yes")
    drill.instruct(drill.report(drill.start()))
    for _ in range(8):
        drill.cast.clock.advance(minutes=7)
        work()
    assert kinds(session) == {"drill.forget", "retention.run"}
    for model in (Instruction, FollowUp, PhoneTask):
        assert session.exec(select(model)).all() == []  # type: ignore[var-annotated]


def test_two_drills_never_meet_at_one_workplace(drill: Practice) -> None:
    drill.start()
    refused = drill.try_to_start()
    assert refused.status_code == 409
    assert "別の訓練をしています" in refused.text
    drill.cast.clock.advance(minutes=61)
    assert drill.try_to_start().status_code == 303


def test_it_is_answered_once_and_understood_once(drill: Practice, session: Session) -> None:
    report_id = drill.report(drill.start())
    assert drill.instruct(report_id).status_code == 303
    second = drill.instruct(report_id, "R07")
    assert second.status_code == 409
    assert "先に返事をしました" in second.text
    drill.acknowledge(report_id)
    drill.cast.clock.advance(minutes=1)
    drill.acknowledge(report_id)
    report = session.exec(select(DrillReport)).one()
    assert report.template == "R05"
    assert report.acknowledged_at == report.instructed_at
    titles = {one.texts["ja"]["title"] for one in session.exec(select(Message))}
    assert titles == {"【訓練】つなぐ名札", "【訓練】つなぐ名札 訓-0001"}


@pytest.mark.parametrize("template", ["", "R01", "R17", "R99", "x"])
def test_only_what_a_counsellor_may_choose_is_sent(drill: Practice, template: str) -> None:
    answer = drill.instruct(drill.report(drill.start()), template)
    assert answer.status_code == 422
    assert "送る指示を選んでください" in answer.text


def test_what_nobody_answered_cannot_be_understood(drill: Practice, session: Session) -> None:
    drill.acknowledge(drill.report(drill.start()))
    assert session.exec(select(DrillReport)).one().acknowledged_at is None


def test_once_it_is_ended_all_of_it_is_over(drill: Practice, session: Session) -> None:
    drill_id = drill.start()
    report_id = drill.report(drill_id)
    for _ in range(2):
        assert drill.clerk.post(f"/office/drills/{drill_id}/end").status_code == 303
    assert 'id="drill"' not in drill.phone.client.get("/").text
    assert "訓-0001" not in drill.desk.get("/desk").text
    assert drill.instruct(report_id).status_code == 409
    assert session.exec(select(Message)).one().cancelled_at
    actions = [one.action for one in session.exec(select(AuditEntry))]
    assert actions.count("drill.end") == 1
    assert first_broken(session, drill.cast.town.here.network.id) is None


def test_thirty_days_later_nothing_of_it_is_left(
    drill: Practice, session: Session, work: Any
) -> None:
    drill_id = drill.start()
    report_id = drill.report(drill_id)
    drill.instruct(report_id)
    drill.phone.client.post(f"/api/messages/{drill_id}/receipts", json={"kind": "delivered"})
    drill.cast.clock.advance(days=29)
    work()
    assert session.exec(select(Drill)).all()
    drill.cast.clock.advance(days=2)
    work()
    session.rollback()
    for model in EVERYTHING:
        assert session.exec(select(model)).all() == []  # type: ignore[var-annotated]
    assert drill.cast.staff("clerk").get(f"/office/drills/{drill_id}").status_code == 404


def test_the_push_says_that_it_is_a_drill(
    drill: Practice, push_service: PushService, work: Any
) -> None:
    phone = PushedPhone(drill.cast, push_service, drill.phone)
    drill.instruct(drill.report(drill.start()))
    work()
    called, answered = phone.notifications()
    assert called["title"].startswith("【訓練】")
    assert "本当の出来事ではありません" in called["body"]
    assert answered["title"] == "【訓練】つなぐ名札 訓-0001"


def test_at_night_no_phone_makes_a_sound(
    drill: Practice, push_service: PushService, work: Any
) -> None:
    phone = PushedPhone(drill.cast, push_service, drill.phone)
    drill.cast.clock.advance(hours=9)
    drill.clerk = drill.cast.staff("clerk")
    drill.start()
    for _ in range(12):
        work()
        drill.cast.clock.advance(hours=1)
    assert phone.notifications() == []


def test_whoever_is_off_duty_is_left_alone(
    drill: Practice, push_service: PushService, work: Any
) -> None:
    phone = PushedPhone(drill.cast, push_service, drill.phone)
    drill.phone.client.post("/duty", data={"off": "yes"})
    drill.start()
    work()
    assert phone.notifications() == []
