"""What is reported in a drill is as safe as any report, and never one of them."""

import base64
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, select

from app.drills.models import DrillReport
from app.networks.numbers import current_number
from app.reports.models import DeviceGap, Report
from tests.cast import Cast, fingerprint
from tests.drills.practice import Practice, practice


@pytest.fixture
def drill(cast: Cast) -> Practice:
    return practice(cast)


def put_raw(drill: Practice, drill_id: UUID) -> tuple[bytes, Any]:
    raw = json.dumps(drill.phone.envelope(device_seq=0, drill=str(drill_id))).encode()
    return raw, drill.phone.put(raw)


def kept(session: Session) -> list[DrillReport]:
    session.rollback()
    return list(session.exec(select(DrillReport)))


def test_it_gets_a_receipt_that_the_phone_believes_with_a_number_of_its_own(
    drill: Practice,
) -> None:
    raw, answer = put_raw(drill, drill.start())
    assert answer.status_code == 201
    assert answer.json()["fp"] == fingerprint(raw)
    assert answer.json()["receipt_no"] == "訓-0001"
    assert {"nafuda-epoch", "nafuda-backed-up-through"} <= answer.headers.keys()


def test_the_same_bytes_again_get_the_same_receipt_to_the_byte(
    drill: Practice, session: Session
) -> None:
    raw, first = put_raw(drill, drill.start())
    again = drill.phone.put(raw)
    assert (again.status_code, again.content) == (200, first.content)
    assert len(kept(session)) == 1


def test_other_bytes_under_its_id_are_refused(drill: Practice, session: Session) -> None:
    drill_id = drill.start()
    report_id = drill.report(drill_id)
    other = drill.phone.envelope(report_id=str(report_id), drill=str(drill_id), items=["CV-02"])
    assert drill.phone.put(other).status_code == 409
    assert [one.items for one in kept(session)] == [["CV-01"]]


def test_real_and_drilled_reports_of_one_batch_go_their_own_ways(
    drill: Practice, session: Session
) -> None:
    drill_id = str(drill.start())
    phone = drill.phone
    first, practised, last = (phone.envelope(), phone.envelope(device_seq=0, drill=drill_id),
                              phone.envelope(device_seq=2))  # fmt: skip
    results = phone.put_batch([first, practised, last]).json()["results"]
    assert [one["status"] for one in results] == [201, 201, 201]
    numbers = [one["receipt"]["receipt_no"] for one in results]
    assert [number[0] for number in numbers] == ["K", "訓", "K"]
    ids = [one["receipt"]["report_id"] for one in results]
    assert ids == [first["report_id"], practised["report_id"], last["report_id"]]
    assert {str(one.id) for one in session.exec(select(Report))} == {ids[0], ids[2]}
    assert session.exec(select(DeviceGap)).all() == []


def test_a_scan_during_a_drill_is_a_real_report(drill: Practice, session: Session) -> None:
    drill.start()
    report_id = drill.phone.report()
    assert session.get(Report, (drill.cast.town.here.network.id, report_id))
    assert "K-0001" in drill.desk.get("/desk").text


def test_it_takes_no_number_of_real_reports(drill: Practice, session: Session) -> None:
    drill.report(drill.start())
    network_id = drill.cast.town.here.network.id
    assert current_number(session, network_id, "receipt") == 0
    assert current_number(session, network_id, "drill") == 1


def test_one_that_comes_after_the_end_is_kept_and_counted_apart(
    drill: Practice,
) -> None:
    drill_id = drill.start()
    drill.cast.clock.advance(hours=2)
    drill.report(drill_id)
    assert drill.row(drill_id)[3] == "0"
    assert drill.row(drill_id)[-1] == "1"


def test_one_of_a_drill_that_is_forgotten_is_kept_until_it_is_forgotten_too(
    drill: Practice, session: Session, work: Any
) -> None:
    drill.report(uuid4())
    (report,) = kept(session)
    assert report.drill_id is None
    assert drill.desk.get(f"/desk/drills/reports/{report.id}").status_code == 200
    drill.cast.clock.advance(days=31)
    work()
    assert kept(session) == []


def test_a_drill_next_door_is_no_drill_of_ours(drill: Practice, session: Session) -> None:
    drill_id = drill.start()
    stranger = drill.cast.stranger_phone()
    stranger.pair()
    envelope = stranger.envelope(device_seq=0, drill=str(drill_id))
    assert stranger.put(envelope).status_code == 201
    (report,) = kept(session)
    assert report.network_id != drill.cast.town.here.network.id
    assert report.drill_id is None


def test_a_phone_that_nobody_knows_is_asked_to_read_its_badge(drill: Practice) -> None:
    drill_id = drill.start()
    stranger = drill.cast.phone("post")
    assert stranger.put(stranger.envelope(drill=str(drill_id))).status_code == 401


def test_after_a_restore_it_keeps_the_number_that_its_phone_was_told(
    drill: Practice, session: Session
) -> None:
    drill_id = drill.start()
    drill.report(drill_id)
    raw, told = put_raw(drill, drill_id)
    with drill.cast.app.state.database.writing() as writing:
        lost = writing.exec(select(DrillReport).where(DrillReport.seq == 2)).one()
        writing.delete(lost)
    report_id = json.loads(raw)["report_id"]
    as_the_browser_writes_it = json.dumps(told.json(), separators=(",", ":"), ensure_ascii=False)
    held = base64.urlsafe_b64encode(as_the_browser_writes_it.encode()).rstrip(b"=").decode()
    again = drill.phone.client.put(
        f"/api/reports/{report_id}", content=raw,
        headers={"Content-Type": "application/json", "Nafuda-Receipt": held},
    )  # fmt: skip
    assert (again.status_code, again.content) == (201, told.content)


def test_an_envelope_without_a_drill_says_nothing_of_one(drill: Practice) -> None:
    answer = drill.phone.put(drill.phone.envelope(drill=None))
    assert answer.json()["receipt_no"] == "K-0001"


@pytest.mark.parametrize("odd", ["", "x", 7, True, []])
def test_an_odd_drill_is_no_envelope(drill: Practice, odd: Any) -> None:
    assert drill.phone.put(drill.phone.envelope(drill=odd)).status_code == 400


def test_what_was_made_in_a_drill_is_not_rescued(drill: Practice, session: Session) -> None:
    raw = json.dumps(drill.phone.envelope(device_seq=0, drill=str(drill.start()))).encode()
    coded = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    frame = f"NAFUDA1:1/1:{fingerprint(raw)[:8]}:{coded}"
    answer = drill.desk.post("/desk/rescue", badge="A-0001", frames=frame)
    assert answer.status_code == 422
    assert "訓練の報告です" in answer.text
    assert session.exec(select(Report)).all() == []
