"""訓練 at the desk: after the real ones, violet, and never as a call."""

import pytest

from tests.cast import Cast
from tests.drills.practice import Practice, practice


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def test_drills_stand_below_everything_real(drill: Practice) -> None:
    drill.report(drill.start())
    drill.phone.put(drill.phone.envelope(items=["CV-09"], answers={}))
    inbox = drill.desk.get("/desk").text
    assert inbox.index("K-0001") < inbox.index("訓-0001")
    assert "（1）" in inbox.split("</title>")[0]


def test_those_that_wait_for_an_answer_stand_first(drill: Practice) -> None:
    drill_id = drill.start()
    drill.instruct(drill.report(drill_id))
    drill.report(drill_id)
    inbox = drill.desk.get("/desk").text
    assert inbox.index("訓-0002") < inbox.index("訓-0001")


def test_a_report_shows_its_steps_and_offers_instructions(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    address = f"/desk/drills/reports/{report_id}"
    page = drill.desk.get(address).text
    assert "本当の出来事ではありません" in page
    assert 'value="R05" checked' in page
    assert "tel:" not in page
    drill.instruct(report_id)
    drill.acknowledge(report_id)
    answered = drill.desk.get(address).text
    assert "訓練の指示を送る" not in answered
    assert answered.count('<li class="dn">') == 3


def test_a_clerk_reads_no_report_of_a_drill(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    assert drill.clerk.get(f"/desk/drills/reports/{report_id}").status_code == 403


def test_the_desk_next_door_finds_nothing(drill: Practice) -> None:
    drill_id = drill.start()
    report_id = drill.report(drill_id)
    stranger = drill.cast.stranger("counsellor")
    for path in (f"/desk/drills/{drill_id}", f"/desk/drills/reports/{report_id}"):
        assert stranger.get(path).status_code == 404
    answer = stranger.post(f"/desk/drills/reports/{report_id}/instruction", template="R05")
    assert answer.status_code == 404
    assert "訓-0001" not in stranger.get("/desk").text
