"""訓練 on the phone's home, and the screen that waits for the answer."""

from uuid import uuid4

import pytest

from tests.badges.records import ask_for_workplace_code
from tests.cast import Cast
from tests.drills.practice import Practice, practice


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def home(drill: Practice) -> str:
    return str(drill.phone.client.get("/").text)


def test_the_home_shows_a_card_while_the_drill_runs(drill: Practice) -> None:
    assert 'id="drill"' not in home(drill)
    drill_id = drill.start()
    assert f'href="/drills/{drill_id}"' in home(drill)
    assert "【訓練】" in home(drill)
    drill.cast.clock.advance(minutes=60)
    assert 'id="drill"' not in home(drill)


def test_after_reporting_the_card_leads_to_the_answer(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    assert f'href="/drills/reports/{report_id}"' in home(drill)


def test_a_colleague_elsewhere_sees_no_card(drill: Practice) -> None:
    drill.start()
    elsewhere = drill.cast.phone("finance")
    elsewhere.pair()
    assert 'id="drill"' not in elsewhere.client.get("/").text


def test_the_address_of_a_report_leads_to_the_drills_page(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    answer = drill.phone.client.get(f"/reports/{report_id}")
    assert answer.headers["location"] == f"/drills/reports/{report_id}"
    assert drill.phone.client.get(f"/reports/{uuid4()}").status_code == 404


def test_the_waiting_screen_turns_into_the_instruction_and_calls_nobody(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    address = f"/drills/reports/{report_id}"
    waiting = drill.phone.client.get(address).text
    assert "訓練の報告が届きました" in waiting
    drill.instruct(report_id)
    part = drill.phone.client.get(address, headers={"HX-Request": "true"}).text
    assert "訓練の指示" in part
    assert "<html" not in part
    assert f'action="{address}/acknowledgement"' in part
    drill.acknowledge(report_id)
    whole = drill.phone.client.get(address).text
    assert "「了解」を送りました" in whole
    assert "tel:" not in waiting + part + whole


def test_only_the_phone_that_sent_it_reads_it(drill: Practice) -> None:
    report_id = drill.report(drill.start())
    colleague = drill.cast.phone()
    colleague.pair()
    assert colleague.client.get(f"/drills/reports/{report_id}").status_code == 404
    answer = colleague.client.post(f"/drills/reports/{report_id}/acknowledgement")
    assert answer.status_code == 404


def test_a_phone_without_an_inbox_is_shown_nothing_it_could_get_no_answer_to(
    drill: Practice,
) -> None:
    drill.start()
    ask_for_workplace_code(drill.cast.app, drill.cast.town)
    unregistered = drill.cast.phone()
    unregistered.pair()
    assert 'id="drill"' not in unregistered.client.get("/").text
