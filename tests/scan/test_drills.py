"""The checklist in a drill, as it is without a script."""

from typing import Any

import pytest
from sqlmodel import Session, select

from app.drills.models import DrillPhone, DrillReport
from app.reports.models import Report
from tests.cast import Cast
from tests.drills.practice import Practice, practice
from tests.scan.plain_form import hidden, note_in, ticked


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def send(drill: Practice, drill_id: Any, **changes: Any) -> Any:
    page = drill.phone.client.get(f"/drills/{drill_id}").text
    fields = {"item": ["CV-01"], "report_id": hidden(page, "report_id"), "version": "1"} | changes
    return drill.phone.client.post(f"/drills/{drill_id}/reports", data=fields)


def test_it_says_drill_everywhere_and_can_call_nobody(drill: Practice) -> None:
    page = drill.phone.client.get(f"/drills/{drill.start()}").text
    assert "【訓練】" in page.split("</title>")[0]
    assert "【訓練】" in page.split("<h1>")[1].split("</h1>")[0]
    assert "訓練では電話しません" in page
    assert "tel:" not in page
    assert "/B/" not in page.split("<form")[1].split("</form>")[0]


def test_sent_as_a_plain_form_it_arrives_once(drill: Practice, session: Session) -> None:
    drill_id = drill.start()
    page = drill.phone.client.get(f"/drills/{drill_id}").text
    fields = {"item": ["CV-01"], "report_id": hidden(page, "report_id"), "version": "1"}
    for _ in range(2):
        answer = drill.phone.client.post(f"/drills/{drill_id}/reports", data=fields)
        assert answer.headers["location"] == f"/drills/reports/{fields['report_id']}"
        drill.cast.clock.advance(seconds=1)
    assert len(session.exec(select(DrillReport)).all()) == 1
    assert session.exec(select(Report)).all() == []


def test_its_note_is_sealed_and_read_at_the_desk(drill: Practice) -> None:
    answer = send(drill, drill.start(), note="ずっと電話をしています")
    report_id = answer.headers["location"].rsplit("/", 1)[1]
    assert "ずっと電話をしています" in drill.desk.get(f"/desk/drills/reports/{report_id}").text


def test_what_is_missing_is_said_and_what_was_typed_stays(drill: Practice) -> None:
    drill_id = drill.start()
    nothing = send(drill, drill_id, item=[], note="ああ")
    assert nothing.status_code == 422
    assert "1つ以上に✓してください" in nothing.text.split('id="errors"')[1].split("</div>")[0]
    assert note_in(nothing.text) == "ああ"
    long = send(drill, drill_id, note="あ" * 121)
    assert long.status_code == 422
    assert "CV-01" in ticked(long.text)


def test_once_it_is_over_the_page_says_so_and_takes_nothing(
    drill: Practice, session: Session
) -> None:
    drill_id = drill.start()
    drill.cast.clock.advance(minutes=60)
    assert "この訓練は終わりました" in drill.phone.client.get(f"/drills/{drill_id}").text
    answer = drill.phone.client.post(f"/drills/{drill_id}/reports", data={"item": ["CV-01"]})
    assert answer.status_code == 409
    assert session.exec(select(DrillReport)).all() == []


def test_a_phone_from_elsewhere_finds_no_such_drill(drill: Practice) -> None:
    drill_id = drill.start()
    stranger = drill.cast.stranger_phone()
    elsewhere = drill.cast.phone("finance")
    for phone in (stranger, elsewhere):
        phone.pair()
        assert phone.client.get(f"/drills/{drill_id}").status_code == 404
        assert phone.client.post(f"/drills/{drill_id}/opening").status_code == 404


def test_looking_counts_as_opened_by_the_phones_own_word_alone(
    drill: Practice, session: Session
) -> None:
    drill_id = drill.start()
    drill.phone.client.get(f"/drills/{drill_id}")
    assert session.exec(select(DrillPhone)).one().opened_at is None
    first = drill.cast.clock.now
    for _ in range(2):
        drill.phone.client.post(f"/drills/{drill_id}/opening")
        drill.cast.clock.advance(minutes=1)
    session.rollback()
    assert session.exec(select(DrillPhone)).one().opened_at == first
