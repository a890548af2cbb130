"""救出: what is stuck on a phone comes by the desk's scanner or by telephone, and is one report."""

import hashlib
import json
import re
from typing import Any

import pytest
from sqlmodel import Session, select

from app.audit.models import AuditEntry
from app.reports.models import DeviceGap, Report
from tests.cast import Cast, Desk, Phone
from tests.desk.test_pages import NOTE, sealed_note
from tests.reports.frames import frames
from tests.reports.test_receipts import coded

RESCUED, PHONED = "端末の画面から読み取って受け付けました", "電話で受けました"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    phone = cast.phone()
    phone.pair()
    return phone


def number(cast: Cast, place: int = 0) -> str:
    return [one for one in cast.town.badges if one["industry"] == "conveni"][place]["number"]


def stuck(cast: Cast, phone: Phone, **changes: Any) -> bytes:
    envelope = phone.envelope(**changes)
    return json.dumps(envelope | {"sealed": sealed_note(cast, envelope["report_id"])}).encode()


def rescue(desk: Desk, raw: bytes, badge: str) -> Any:
    return desk.post("/desk/rescue", badge=badge, frames="\n".join(frames(raw)))


def reports(session: Session) -> list[Report]:
    session.rollback()
    return list(session.exec(select(Report)))


def test_codes_become_the_report_and_its_note_stays_sealed_until_the_desk_opens_it(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    raw = stuck(cast, phone)
    answer = rescue(desk, raw, number(cast))
    assert answer.status_code == 303
    page = desk.get(answer.headers["location"]).text
    assert RESCUED in page
    assert NOTE in page
    (report,) = reports(session)
    assert (report.envelope, report.flags) == (raw, ["rescued"])
    assert NOTE.encode() not in report.envelope
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "report.rescued")).all()
    assert [one.details["badge"] for one in entries] == [number(cast)]


def test_the_phone_gets_the_same_receipt_when_it_comes_after_all(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    phone.put(phone.envelope())
    raw = stuck(cast, phone)
    rescue(desk, raw, number(cast))
    phone.put(phone.envelope())
    (gap,) = session.exec(select(DeviceGap)).all()
    assert (gap.first_number, gap.last_number) == (2, 2)
    first, again = phone.put(raw), phone.put(raw)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert first.json()["seq"] == 2
    assert len({report.device_id for report in reports(session)}) == 1
    assert session.exec(select(DeviceGap)).all() == []
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("report.hand_over") == 1
    assert actions.count("report.create") == 3


def test_twins_in_one_group_hand_it_over_once(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    raw = stuck(cast, phone)
    rescue(desk, raw, number(cast))
    raw_batch = [coded(raw)] * 3
    results = phone.client.post("/api/reports", json={"envelopes": raw_batch}).json()["results"]
    assert [one["status"] for one in results] == [200] * 3
    actions = session.exec(select(AuditEntry.action)).all()
    assert actions.count("report.hand_over") == 1


def test_what_had_arrived_is_shown_and_not_doubled(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    raw = stuck(cast, phone)
    receipt = phone.put(raw).content
    for _ in range(2):
        assert rescue(desk, raw, number(cast)).status_code == 303
    assert [report.receipt for report in reports(session)] == [receipt]
    assert reports(session)[0].flags == []


def test_a_wrong_badge_is_put_right_by_the_phone_itself(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    raw = stuck(cast, phone)
    rescue(desk, raw, number(cast, 3))
    before = reports(session)[0].badge_id
    assert phone.put(raw).status_code == 200
    assert reports(session)[0].badge_id != before


@pytest.mark.parametrize("typed", ["a-0001", " A 1 ", "Ａ－０００１", "a1"])
def test_numbers_are_read_as_people_type_them(
    cast: Cast, desk: Desk, phone: Phone, typed: str
) -> None:
    assert number(cast) == "A-0001"
    assert rescue(desk, stuck(cast, phone), typed).status_code == 303


def test_what_can_not_be_taken_is_said_and_kept_in_the_form(
    cast: Cast, desk: Desk, phone: Phone, session: Session
) -> None:
    raw = stuck(cast, phone)
    sound = "\n".join(frames(raw))
    for badge, text in (("", sound), ("Z-9999", sound), ("\x00", sound), (number(cast), "x"),
                        (number(cast), sound[:-9]), (number(cast), frames(b"{}")[0])):  # fmt: skip
        answer = desk.post("/desk/rescue", badge=badge, frames=text)
        assert answer.status_code in {400, 422}
        assert 'role="alert"' in answer.text
    assert reports(session) == []
    stranger = cast.stranger("counsellor")
    assert rescue(stranger, raw, "A-0040").status_code == 422


def heard(desk: Desk, badge: str, **fields: str) -> Any:
    page = desk.get("/desk/rescue").text
    found = re.search(r'name="report_id" value="([^"]+)"', page)
    assert found
    usual = {"report_id": found[1], "items": "cv-01、ＣＭ-02", "at": "2026-09-24T13:50",
             "check": "418-203"}  # fmt: skip
    return desk.post("/desk/rescue/call", badge=badge, **(usual | fields))


def test_what_is_read_out_becomes_a_report_once(cast: Cast, desk: Desk, session: Session) -> None:
    report_id = "0199d5e0-0000-4000-8000-00000000000a"
    for minutes in (0, 1):
        cast.clock.advance(minutes=minutes)
        answer = heard(desk, number(cast), report_id=report_id)
        assert answer.headers["location"] == f"/desk/reports/{report_id}"
    (report,) = reports(session)
    assert (report.items, report.flags) == (["CV-01", "CM-02"], ["phoned"])
    assert report.answers == {"check": "418203"}
    assert report.client_at.isoformat() == "2026-09-24T04:50:00+00:00"
    page = desk.get(answer.headers["location"]).text
    assert PHONED in page
    assert "418-203" in page
    assert "report.phoned" in session.exec(select(AuditEntry.action)).all()


def test_what_was_misheard_is_said(cast: Cast, desk: Desk, session: Session) -> None:
    for fields in ({"items": ""}, {"items": "あれ"}, {"items": "x" * 30}, {"at": "きのう"},
                   {"badge": "Z-1"}, {"at": "0000-00-00T00:00"}):  # fmt: skip
        assert heard(desk, **({"badge": number(cast)} | fields)).status_code == 422  # type: ignore[arg-type]
    assert heard(desk, number(cast), report_id="x").status_code == 422
    assert reports(session) == []
    assert heard(desk, number(cast), at="", check="").status_code == 303
    assert reports(session)[0].client_at == cast.clock.now


def test_the_real_report_of_a_call_is_found_by_its_check_number(
    cast: Cast, desk: Desk, phone: Phone
) -> None:
    raw = stuck(cast, phone)
    page_of = desk.get
    check = check_number(raw)
    call = heard(desk, number(cast), check=check).headers["location"]
    answer = phone.put(raw)
    arrived = page_of(f"/desk/reports/{answer.json()['report_id']}").text
    assert check in arrived
    assert f'href="{call}"' in arrived
    assert "電話で聞いた報告と同じ照合番号です" in arrived


def check_number(raw: bytes) -> str:
    digits = f"{int.from_bytes(hashlib.sha256(raw).digest()[:4], 'big') % 1_000_000:06d}"
    return f"{digits[:3]}-{digits[3:]}"
